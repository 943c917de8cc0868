"""The last room check, as it stands last in the summary."""

from workshop_app.model import room_check
from workshop_app.report.document import Block, Heading, Listing, Para, Run, say
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
    points = tuple((Run(f"{c.title(lang)}. ", bold=True), Run(c.said(lang))) for c in checks)
    return [Heading(lang("The room check"), 2), Para(say(when)), Listing(points)]
