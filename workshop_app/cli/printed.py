"""Prints a summary and reads it back: how many of the received cards stand in it."""

from pathlib import Path
from typing import TYPE_CHECKING

from workshop_app import i18n
from workshop_app.model.summary import Summary

if TYPE_CHECKING:
    from workshop_app.report.readback import Counted


def print_and_count(summary: Summary, target: Path, sections: tuple[str, ...] | None = None) -> "Counted":
    """Writes the summary as PDF in the session's language, then counts its cards in the file itself."""
    from workshop_app.report import readback, write
    from workshop_app.report import summary as paper

    lang = i18n.language(summary.session.language)
    printed = paper.made(summary, lang, sections=sections)
    write.atomically(target, printed.data)
    return readback.count_cards(target, printed.first_pages, summary, frozenset())


def count_printed(summary: Summary, target: Path) -> "Counted":
    """Prints only the list of all cards and counts it: what `workshop check` proves."""
    return print_and_count(summary, target, ("cards",))
