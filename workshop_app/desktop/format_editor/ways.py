"""The way through the shelf and the editor in the window, and back to where it began."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from workshop_app import formats
from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.page import FormatEditor
from workshop_app.desktop.format_editor.shelf_page import ShelfPage
from workshop_app.desktop.settings import Settings


class FormatWays:
    """`put` shows a page, `new` begins a workshop with a format, `back` leads to the start page."""

    def __init__(
        self,
        settings: Settings,
        put: Callable[[QWidget], None],
        new: Callable[[str], None],
        back: Callable[[], None],
    ) -> None:
        self.settings, self.put, self.new, self.back = settings, put, new, back

    def shelf(self, told: str = "") -> ShelfPage:
        """Shows every format there is, with something to say about what was just done."""
        page = ShelfPage(self.settings, told)
        page.edit_asked.connect(self.edit)
        page.new_asked.connect(self.new)
        page.left.connect(self.back)
        self.put(page)
        page.back.setFocus()
        return page

    def edit(self, draft: Draft, continued: bool) -> None:
        """Shows a draft to write on."""
        page = FormatEditor(draft, self.settings.lang, continued)
        page.saved.connect(self._saved)
        page.left.connect(self.shelf)
        self.put(page)

    def change(self, format_id: str) -> None:
        """Changes a format before it is used: one's own as it is, one that ships as a copy."""
        page, one = self.shelf(), formats.known()[format_id]
        page.copy(one) if one.id in formats.formats() else page.change(one)

    def _saved(self, format_id: str) -> None:
        lang = self.settings.lang
        name = formats.known()[format_id].name.get(lang.code)
        self.shelf(lang("“{name}” is saved, and offered when you make a workshop.").format(name=name))
