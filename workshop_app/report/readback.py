"""Reads a printed summary back and counts the cards in it: the proof that what came in also came out on paper."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from workshop_app.model.summary import Summary
from workshop_app.report import fonts, styles

SECTION = "cards"
# blanks and line ends fall as the lines do; a hyphen at the end of a line is read back as another sign
_LOOSE = re.compile("[\\s\u00a0\u00ad\u200b\u2060\ufeff\ufffe\x02-]+")


@dataclass(frozen=True)
class Counted:
    """How many cards stand in the list of all cards once, whole and with their number; and the numbers of the others."""

    found: int
    missing: tuple[int, ...]


def count_cards(
    pdf: Path, first_pages: dict[str, int], summary: Summary, withheld: frozenset[int]
) -> Counted:
    """Looks up every card of `summary` in the appendix of a printed file.

    `first_pages` says on which page (from 1) each section begins; `withheld` are cards whose text this edition
    leaves out, so that only number and receipt are asked for.
    """
    start = first_pages.get(SECTION)
    if start is None:
        return Counted(0, tuple(c.number for c in summary.cards))
    after = min((page for page in first_pages.values() if page > start), default=None)
    text = _tight("".join(_pages(pdf, start - 1, after - 1 if after else None)))
    missing = []
    for card in summary.cards:
        marks = [m.end() for m in re.finditer(re.escape(_tight(f"{card.number}{card.receipt}")), text)]
        words = "" if card.number in withheld else _tight(fonts.clean(card.text))
        place = text[marks[0] : marks[0] + len(words) + _PLACE] if marks else ""
        if len(marks) != 1 or not (words in place or _all_signs(words, place)):
            missing.append(card.number)
    return Counted(len(summary.cards) - len(missing), tuple(missing))


def _all_signs(words: str, place: str) -> bool:
    """Whether every letter and figure stands there, in any order: a reader gives right-to-left words and stacked
    accents back in an order of its own. Only for words that have such signs."""
    plain = all(ord(sign) < 0x300 for sign in words)
    return not plain and not Counter(s for s in words if s.isalnum()) - Counter(place)


_PLACE = 400  # signs that the place of a card may take between its receipt and its text


def _pages(pdf: Path, start: int, end: int | None) -> Iterator[str]:
    """The words of each page between its running head and foot, in the order they were written: column after column."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(start, len(document) if end is None else end):
            page = document[number].get_textpage()
            yield page.get_text_bounded(
                left=0, right=styles.WIDE, bottom=styles.BOTTOM - 4, top=styles.TALL - styles.TOP + 8
            )
    finally:
        document.close()


def _tight(text: str) -> str:
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text))
