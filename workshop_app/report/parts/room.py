"""The last room check, as it stands last in the summary."""

from workshop_app.model import room_check
from workshop_app.report.document import Block, Heading, Listing, Para, Run, Text, say
from workshop_app.report.edition import View


def checked(view: View) -> list[Block]:
    """How the room was when it was last checked; nothing without a check, and nothing in the open edition."""
    lang = view.lang
    at, checks = room_check.from_text(view.summary.session.settings.get(room_check.SETTING, ""))
    if view.open or at is None or not checks:
        return []
    when = lang("Last checked {day} at {time}.").format(
        day=view.day(at.date().isoformat()), time=view.clock(at)
    )
    points = tuple(_point(view, check) for check in checks)
    return [Heading(lang("The room check"), 2), Para(say(when)), Listing(points)]


def _point(view: View, check: room_check.Check) -> Text:
    lang, remedy = view.lang, check.remedy(view.lang)
    left = lang("Left to do: {what}.").format(what=remedy) if remedy else ""
    words = " ".join(text for text in (check.said(lang).strip(), left) if text)
    return (Run(f"{check.title(lang)}. ", bold=True), Run(words))
