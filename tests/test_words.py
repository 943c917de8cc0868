"""The search for texts: what it must find, what it must leave, and what it must not let pass."""

import ast
from pathlib import Path

import pytest
import words


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('lang("Move cards")', ["Move cards"]),
        ('self.lang("Move {n}").format(n=2)', ["Move {n}"]),
        ('LABEL = N_("Undo")', ["Undo"]),
        ('i18n.N_("Undo")', ["Undo"]),
        ('lang("one " "two")', ["one two"]),
        ('lang.plural("{n} card", "{n} cards", n)', [("{n} card", "{n} cards")]),
        ('self._lang.plural("{n} card", "{n} cards", len(x))', [("{n} card", "{n} cards")]),
        ('i18n.language("sv")', []),
        ('print("Move cards")', []),
        ("lang(step.title)", []),
    ],
)
def test_texts_are_found_in_code(code: str, found: list[words.Text]) -> None:
    assert [text for text, _ in words._in_code(ast.parse(code))] == found


def test_texts_are_found_in_templates() -> None:
    page = """<h1>{{ lang("Welcome") }}</h1>{{ lang('It\\'s on') }}
        <p>{{ lang.plural("{n} card", "{n} cards", cards|length) }}</p><a href="language">x</a>"""
    assert list(words._in_template(page)) == ["Welcome", "It's on", ("{n} card", "{n} cards")]


def part(folder: Path, name: str, entries: str) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(head + entries, encoding="utf-8")


def test_parts_that_disagree_are_refused(tmp_path: Path) -> None:
    part(tmp_path / "sv", "desk.po", 'msgid "Next"\nmsgstr "Nästa"\n')
    part(tmp_path / "sv", "phone.po", 'msgid "Next"\nmsgstr "Vidare"\n')
    with pytest.raises(SystemExit, match=r"phone\.po.*Next"):
        words.catalogue(tmp_path / "sv")


def test_the_same_texts_always_make_the_same_file(tmp_path: Path) -> None:
    part(tmp_path / "sv", "desk.po", 'msgid "Next"\nmsgstr "Nästa"\n')
    once = words.compiled(tmp_path / "sv")
    words.catalogue.cache_clear()
    assert once == words.compiled(tmp_path / "sv")
    assert "Nästa".encode() in once
    assert b"2000-01-01" in once, "no date of today in it"


def test_an_empty_or_half_translation_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"Next": "a", "Back": "b", ("{n} card", "{n} cards"): "c", "Done": "d"}
    monkeypatch.setattr(words, "used", lambda: wanted)
    plural = 'msgid "{n} card"\nmsgid_plural "{n} cards"\nmsgstr[0] "{n} kort"\nmsgstr[1] ""\n\n'
    part(
        tmp_path / "sv", "desk.po", 'msgid "Next"\nmsgstr ""\n\n' + plural + 'msgid "Done"\nmsgstr "Klart"\n'
    )
    assert [text for text, _ in words.missing(tmp_path / "sv")] == ["Next", "Back", ("{n} card", "{n} cards")]
