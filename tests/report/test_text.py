"""One road from text to a paragraph, and fonts that have every sign."""

import ast
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

import workshop_app.report
from workshop_app.report import fonts, styles
from workshop_app.report.document import Run
from workshop_app.report.right_to_left import visual
from workshop_app.report.text import paragraph

REPORT = Path(workshop_app.report.__file__).parent
PARSERS = {"Paragraph", "XPreformatted", "ParaParser", "RMLParser", "Preformatted"}


def test_only_one_module_makes_paragraphs_and_it_escapes() -> None:
    trees = {file.name: ast.parse(file.read_text(encoding="utf-8")) for file in REPORT.rglob("*.py")}
    nodes = [(name, node) for name, tree in trees.items() for node in ast.walk(tree)]
    kinds = {
        (name, node.name)
        for name, node in nodes
        if isinstance(node, ast.ClassDef) and PARSERS & {_name(base) for base in node.bases}
    }
    assert kinds == {("text.py", "Words")}
    made = [
        (name, _name(node.func))
        for name, node in nodes
        if isinstance(node, ast.Call) and _name(node.func) in PARSERS | {"Words"}
    ]
    assert made == [("text.py", "Words")]
    assert (REPORT / "text.py").read_text(encoding="utf-8").count("escape(") == 1


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


@pytest.mark.parametrize(
    "text",
    (
        '<b>x</para><img src="/etc/passwd">',
        "&amp; &#60; &lt;",
        "<font size=99>a</font><br/>",
        "<a href='file:///etc/passwd'>",
        "<onDraw name=x/>",
        "<unknown>",
        "</para></para>",
    ),
)
def test_markup_in_a_text_is_only_text(text: str) -> None:
    made = paragraph((Run(text, "people"),), styles.style("body"))
    assert "".join(frag.text for frag in made.frags) == text
    assert {frag.fontSize for frag in made.frags} == {styles.style("body").fontSize}


def test_every_sign_finds_a_font_that_has_it() -> None:
    text = "Från → ✓ Ελλ Кир עבר ไ 漢 \U0001ffff 😀 🫨 \u200d\ufe0f é"
    pieces = list(fonts.split(text, fonts.APP))
    assert "".join(piece for _, piece in pieces) == text
    for font, piece in pieces:
        known = pdfmetrics.getFont(font).face.charToGlyph
        assert all(known.get(ord(sign)) for sign in piece), "and none is the font's own box for what it lacks"
    assert ("Workshop-Emoji", "😀") in pieces
    assert pieces[0] == (fonts.APP, "Från ")


def test_a_sign_no_font_has_shows_as_a_box_and_an_unseen_one_as_nothing() -> None:
    assert fonts.width("漢", fonts.PEOPLE, 10) > 3
    assert fonts.width("\u2066\u2069\u202e", fonts.PEOPLE, 10) == 0


def test_clean_keeps_all_that_can_be_set() -> None:
    assert fonts.clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert fonts.clean("x\ud83dy\x07\x0b\x00z\t") == "x\ufffdyz\t"


def test_lines_never_grow_wider_than_their_room() -> None:
    lines = fonts.wrap("Hyresgästföreningens utvecklingsgrupp " + "w" * 200, fonts.APP, 10, 90)
    assert max(fonts.width(line, fonts.APP, 10) for line in lines) <= 90
    cut = fonts.wrap("ett två tre fyra fem sex sju åtta", fonts.APP, 10, 60, lines=2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert fonts.width(cut[1], fonts.APP, 10) <= 60


def test_right_to_left_runs_turn_and_the_rest_stays() -> None:
    assert visual("kort 12 (a)") == "kort 12 (a)"
    assert visual("se אבג (12) דה nu") == "se הד\u00a0(12)\u00a0גבא nu"
    joined = visual("بيت")
    assert joined != "بيت"
    assert len(joined) == 3


def test_long_compounds_are_parted_at_their_joints_in_narrow_columns_only() -> None:
    text = (Run("Regionalt upphandlingsnätverk"),)
    narrow, wide = (paragraph(text, styles.style(name)) for name in ("cell", "card"))
    narrow.wrap(70, 500)
    lines = ["".join(word.text for word in line.words) for line in narrow.blPara.lines]
    assert lines[-1].strip() == "nätverk"
    assert lines[-2].strip().endswith("-")
    assert "\u00ad" not in "".join(frag.text for frag in wide.frags)


def test_a_soft_hyphen_that_was_typed_does_not_show() -> None:
    assert fonts.width("a\u00adb", fonts.APP, 10) == pytest.approx(fonts.width("ab", fonts.APP, 10))
