"""A need that would go a little over its page is set closer and fits; one that is long goes on as usual."""

import random
from dataclasses import replace

import pytest

from tests.report import factory
from workshop_app.i18n import language
from workshop_app.report import blocks, content, pdf, styles
from workshop_app.report.document import Document

SV = language("sv")
WORDS = [
    "samordna",
    "beslut",
    "om",
    "vinterunderhåll",
    "mellan",
    "förvaltningar",
    "så",
    "att",
    "ingen",
    "blir",
    "stående",
    "i",
    "snön",
]


def sheet(seed: int, more: int = 0) -> Document:
    """A document with the page of one need, of random length or with `more` words."""
    some = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(some.choices(WORDS, k=some.randint(0, most)))

    cards = [
        factory.card(n, text(30) or "Snö", me_too=some.randint(0, 4)) for n in range(1, some.randint(2, 8))
    ]
    asked = " ".join([text(60), *(WORDS[n % len(WORDS)] for n in range(more))])
    fields = {"requirement": asked, "route_reason": text(90), "wish": text(30), "market_note": text(40)}
    told = factory.summary(cards, needs=[factory.need(1, cards, fields=fields)])
    whole = content.document(told, SV)
    return replace(whole, cover=None, sections=tuple(s for s in whole.sections if s.key == "needs"))


def reckoned(document: Document, tight: int) -> float:
    return blocks.tall(
        blocks.Setter(tight=tight).blocks(document.sections[0].blocks, styles.ROOM), styles.ROOM
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_page_holds_what_is_reckoned_to_fit(seed: int) -> None:
    document = sheet(seed)
    fits = reckoned(document, len(styles.TIGHT) - 1) <= styles.HEIGHT
    assert (pdf.render(document).pages == 1) == fits


def test_a_few_lines_too_many_fit_on_the_page_and_a_page_of_them_goes_on_as_usual() -> None:
    over = next(s for more in range(0, 900, 10) if reckoned(s := sheet(3, more), 0) > styles.HEIGHT)
    assert pdf.render(over).pages == 1
    setter = blocks.Setter()
    long = sheet(3, 2000).sections[0].blocks
    set_ = blocks.on_one_page(long, styles.ROOM, [], setter)
    assert blocks.tall(set_, styles.ROOM) == blocks.tall(setter.blocks(long, styles.ROOM), styles.ROOM)
    assert pdf.render(sheet(3, 2000)).pages > 1


@pytest.mark.parametrize("name", ["body", "lead", "quote", "caption", "fact", "sentence", "cell", "tiny"])
def test_letters_keep_their_size_and_lines_stay_apart(name: str) -> None:
    usual = styles.style(name)
    for tight in range(1, len(styles.TIGHT)):
        closer = styles.style(name, tight)
        assert (closer.name, closer.fontSize) == (name, usual.fontSize)
        assert usual.leading >= closer.leading >= min(usual.leading, 1.2 * usual.fontSize)
