"""The canvas of a summary: pages wait until their number is known, then get heads, feet, the thread and bookmarks."""

from dataclasses import dataclass, field
from typing import Any

from workshop_app import theme
from workshop_app.report import fonts, styles
from workshop_app.report.charts import colour
from workshop_app.report.document import Document
from workshop_app.report.tags import TaggedCanvas


@dataclass
class Mark:
    """A place in the outline: where a section or a need begins."""

    key: str
    title: str
    level: int
    y: float


@dataclass
class Page:
    """What one page needs besides its text, gathered while the text is laid out."""

    cover: bool = False
    head: tuple[str, str] = ("", "")
    marks: list[Mark] = field(default_factory=list)
    contents: list[tuple[str, float, float]] = field(
        default_factory=list
    )  # key of a mark, right edge, baseline
    knots: list[tuple[float, str]] = field(default_factory=list)
    thread_from_above: bool = False
    thread_goes_on: bool = False


class PaperCanvas(TaggedCanvas):
    """Holds every finished page back, so that "page n of N" needs no second layout of the whole document."""

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        self.page = Page()
        self.waiting: list[dict[str, Any]] = []
        self.first_pages: dict[str, int] = {}
        self.latest_head = ("", "")

    def mark(self, key: str, title: str, level: int, y: float, head: tuple[str, str] | None) -> None:
        """Begins a section on this page; the first one on a page gives it its running heads."""
        if head is not None and (not self.page.marks or y > self._pagesize[1] - styles.TOP - 30):
            self.page.head = head
        self.latest_head = head or self.latest_head
        self.page.marks.append(Mark(key, title, level, y))
        self.first_pages.setdefault(key, len(self.waiting) + 1)

    def showPage(self) -> None:
        """Sets the page aside; it is written by `save`."""
        now = self.page
        self._thread(now)
        self.waiting.append(dict(self.__dict__))
        self._startPage()
        goes_on = now.thread_goes_on
        self.page = Page(head=self.latest_head, thread_from_above=goes_on, thread_goes_on=goes_on)

    def save(self) -> None:
        """Writes every page with what depends on how many there are."""
        total = len(self.waiting)
        for number, state in enumerate(self.waiting, 1):
            self.__dict__.update(state)
            page: Page = state["page"]
            if not page.cover:
                with self.running():
                    self._head_and_foot(page, number, total)
            for key, x, y in page.contents:
                self._right(x, y, str(self.first_pages.get(key, "")), fonts.APP, 10.5, "ink")
            for mark in page.marks:
                key = f"{mark.key}-{number}"
                self.bookmarkPage(key, fit="XYZ", top=min(mark.y + 12, self._pagesize[1]))
                self.addOutlineEntry(fonts.clean(mark.title), key, mark.level)
            super().showPage()
        self.showOutline()
        super().save()

    def write(self, x: float, y: float, text: str, font: str, size: float, token: str) -> None:
        """One line of text at a baseline, in fonts that have its signs."""
        with self.tagged("P"):
            self.setFillColor(colour(theme.tokens()[token]))
            for one, piece in fonts.split(fonts.line(text), font):
                self.setFont(one, size)
                self.drawString(x, y, piece)
                x += fonts.width(piece, one, size)

    def _right(self, x: float, y: float, text: str, font: str, size: float, token: str) -> None:
        self.write(x - fonts.width(text, font, size), y, text, font, size, token)

    def _head_and_foot(self, page: Page, number: int, total: int) -> None:
        left, right = styles.MARGIN, self._pagesize[0] - styles.MARGIN
        half = (right - left) / 2 - 8
        for text, put in zip(page.head, (self._left_head, self._right_head), strict=True):
            if text:
                put(fonts.wrap(text, fonts.APP, 8.5, half, 1)[0])
        self.setStrokeColor(colour(theme.tokens()["line"]))
        self.setLineWidth(0.6)
        self.line(left, styles.FOOT_LINE_Y, right, styles.FOOT_LINE_Y)
        of = self.document.page_words.format(page=number, pages=total)
        end = f"{self.document.foot_right} · {of}"
        self._right(right, styles.FOOT_Y, end, fonts.APP, 8.5, "ink2")
        facts = f" · {self.document.foot_facts}"
        room = right - left - fonts.width(end + facts, fonts.APP, 8.5) - 12
        whole = " · ".join(x for x in (self.document.foot_title, self.document.foot_where) if x)
        fits = fonts.width(whole, fonts.APP, 8.5) <= room
        title = whole if fits else self.document.foot_title
        title = fonts.wrap(title, fonts.APP, 8.5, max(room, 40), 1)[0]
        self.write(left, styles.FOOT_Y, title + facts, fonts.APP, 8.5, "ink2")

    def _left_head(self, text: str) -> None:
        self.write(styles.MARGIN, self._head_y(), text, fonts.APP, 8.5, "ink2")

    def _right_head(self, text: str) -> None:
        self._right(self._pagesize[0] - styles.MARGIN, self._head_y(), text, fonts.APP, 8.5, "ink2")

    def _head_y(self) -> float:
        return float(self._pagesize[1]) - styles.TALL + styles.HEAD_Y

    def _thread(self, page: Page) -> None:
        """The red line beside the page's text, its knots on top of it."""
        if not page.knots and not page.thread_from_above:
            return
        heights = [y for y, _ in page.knots]
        top = styles.TALL - styles.TOP + 6 if page.thread_from_above else max(heights)
        low = styles.BOTTOM - 4 if page.thread_goes_on else min(heights, default=styles.BOTTOM)
        red, paper = (colour(theme.tokens()[name]) for name in ("thread", "surface"))
        self.saveState()
        self.setStrokeColor(red)
        self.setLineWidth(2.1)
        self.line(styles.THREAD_X, top, styles.THREAD_X, low)
        for y, kind in page.knots:
            if kind == "solid":
                self.setFillColor(red)
                self.circle(styles.THREAD_X, y, 4, stroke=0, fill=1)
            elif kind == "open":
                self.setFillColor(paper)
                self.circle(styles.THREAD_X, y, 4.6, stroke=1, fill=1)
        self.restoreState()
