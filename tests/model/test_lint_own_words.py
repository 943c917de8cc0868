"""An organisation's own word lists: added to the shipped ones, taken away from them, and what cannot be used is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop_app.i18n import language
from workshop_app.model import lint, lint_words


@pytest.fixture
def own() -> Iterator[Path]:
    folder = lint_words.own_lists()
    folder.mkdir(parents=True)
    lint_words.words.cache_clear()
    yield folder
    lint_words.words.cache_clear()


def rules(text: str) -> set[str]:
    return {f.rule for f in lint.lint_name(text, "sv")}


def test_own_words_are_added_and_shipped_ones_taken_away(own: Path) -> None:
    (own / "sv.txt").write_text("# ours\n[technology]\n*tavelsystemet\n!SMS\n", encoding="utf-8-sig")
    (own / "brands.txt").write_text("[brands]\nKommunpunkten\n", encoding="utf-8")
    assert lint_words.troubles() == []
    assert rules("Skriva på vittavelsystemet") == {"N01"}
    assert rules("Fråga Kommunpunkten") == {"N02"} and rules("Fråga kommunpunkten") == set()
    assert rules("Svar på SMS") == set() and rules("Svar via chatbot") == {"N01"}


def test_each_line_that_cannot_be_used_is_named_and_the_others_are_used(own: Path) -> None:
    lines = ["lös", "[tecnology]", "skipped", "[technology]", "*", "a*b*c*d", "!Finns inte", "flygmatta"]
    (own / "sv.txt").write_text("\n".join(lines), encoding="utf-8")
    (own / "en.txt").write_bytes(b"[technology]\n\xff\xfe")
    said = [trouble.say(language("sv")) for trouble in lint_words.troubles()]
    assert [s.split(":")[0] for s in said[:5]] == [f"sv.txt, rad {n}" for n in (1, 2, 5, 6, 7)]
    assert "tecnology" in said[1] and len(said) == 6 and said[5].startswith("en.txt går inte att läsa")
    assert rules("En flygmatta") == {"N01"} and rules("Torra golv i hallen") == set()
