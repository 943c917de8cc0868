"""The summary on paper: a Summary value in, a PDF file out."""

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from workshop_app.i18n import Language
from workshop_app.model.summary import Summary
from workshop_app.report import content, pdf, write
from workshop_app.report.pdf import Printed

Progress = Callable[[int, int], None]


def build(
    summary: Summary,
    lang: Language,
    target: Path,
    progress: Progress | None = None,
    sections: Collection[str] | None = None,
) -> Path:
    """Writes the summary to `target` whole or not at all; RoomTrouble when the folder says no.

    `sections` picks keys of `content.SECTIONS`; `progress` hears (done, of all) blocks. Safe in any thread.
    """
    return write.atomically(target, made(summary, lang, progress, sections).data)


def build_sheet(
    summary: Summary,
    lang: Language,
    target: Path,
    sheet: str,
    need: int | None = None,
    *,
    every: bool = False,
) -> Path:
    """Writes one small sheet alone to `target`, as `content.sheet` puts it together; empty where none is written."""
    printed = pdf.render(content.sheet(summary, lang, sheet, need, every=every))
    return write.atomically(target, printed.data)


def made(
    summary: Summary,
    lang: Language,
    progress: Progress | None = None,
    sections: Collection[str] | None = None,
    now: datetime | None = None,
) -> Printed:
    """The summary as PDF in memory, for a preview; `now` is the time printed on it."""
    return pdf.render(content.document(summary, lang, sections, now), progress)
