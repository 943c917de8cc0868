"""Charts for screen and paper, the poster and the cards to cut."""

from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Circle, Drawing, Group, Rect, String

from tests.report import factory
from workshop_app import i18n, invite
from workshop_app.report import cards, charts, poster, thread
from workshop_app.report.charts import FieldWords, NeedNode, Point, ThemeNode, ThreadFigure

SV, EN = i18n.language("sv"), i18n.language("en")
WORDS = FieldWords("Värt det", "Går att göra", "Värt mer arbete", "Börja här", "Vila", "Gör när det passar")


def shapes(drawing: Drawing, kind: type) -> list:
    out, waiting = [], list(drawing.contents)
    while waiting:
        one = waiting.pop()
        if isinstance(one, kind):
            out.append(one)
        if isinstance(one, Group):
            waiting += one.contents
    return out


def words(drawing: Drawing) -> set[str]:
    return {one.text for one in shapes(drawing, String)}


def test_equal_points_stand_side_by_side() -> None:
    drawing = charts.worth_doable([Point(n, 3.0, 3.0) for n in range(1, 5)], WORDS)
    places = {(round(c.cx, 1), round(c.cy, 1)) for c in shapes(drawing, Circle)}
    assert len(places) == 4
    assert {"1", "2", "3", "4", "Börja här", "Vila"} <= words(drawing)


def test_the_balance_bar_has_a_stretch_for_each_place_and_fills_its_width() -> None:
    drawing = charts.balance_bar({"need": 29, "heap": 22, "parked": 2, "hidden": 1, "loose": 0}, 280)
    bars = shapes(drawing, Rect)
    assert len(bars) == 4
    assert max(b.x + b.width for b in bars) == pytest.approx(280)
    assert not shapes(charts.balance_bar({}), Rect)


def test_svg_names_the_fonts_of_the_screen_and_is_whole_xml() -> None:
    data = charts.svg(charts.worth_doable([Point(1, 4.5, 2)], WORDS))
    root = ElementTree.fromstring(data)
    assert root.tag.endswith("svg")
    assert b"Atkinson Hyperlegible Next" in data
    assert b"Workshop-App" not in data
    assert b"clipPath" not in data  # Qt would paint it
    assert b"DOCTYPE" not in data


def test_svg_of_a_text_with_markup_is_text() -> None:
    hostile = FieldWords("<script>", "&", "<b>", '"', "]]>", "å 😀")
    root = ElementTree.fromstring(charts.svg(charts.worth_doable([], hostile)))
    texts = {"".join(one.itertext()).strip() for one in root.iter() if one.tag.endswith("text")}
    assert {"<script>", "&", "<b>", '"', "]]>"} <= texts


def figure(needs: int) -> ThreadFigure:
    themes = tuple(ThemeNode(n, f"Tema {n}", n, f"{n} kort") for n in range(1, 5))
    nodes = tuple(NeedNode(n, f"Behov {n}", (((needs - n) % 4, 2),), n % 2) for n in range(1, needs + 1))
    return ThreadFigure(
        themes, nodes, (("Parkerat", "1 behov"), ("Annan\nprocess", "1 behov")), ("T", "B", "V")
    )


def test_the_thread_figure_says_everything_once_and_crosses_less() -> None:
    drawing = thread.draw(figure(6), 480)
    for word in ("Behov 6", "1. Tema 1", "4 kort", "process"):
        assert word in words(drawing)
    before, after = figure(6), thread.untangled(figure(6))
    assert sorted(n.number for n in after.needs) == sorted(n.number for n in before.needs)
    assert crossings(after) <= crossings(before)


def crossings(one: ThreadFigure) -> int:
    return thread._crossings(one, *(list(range(len(x))) for x in (one.themes, one.needs, one.routes)))


def test_a_figure_too_large_for_its_page_is_not_drawn() -> None:
    assert thread.fits(figure(6))
    assert not thread.fits(figure(60))
    assert not thread.fits(figure(0))
    assert thread.draw(figure(20), 480).height <= thread.TALLEST


def test_the_poster_has_its_codes_address_and_both_languages(tmp_path: Path) -> None:
    matrix = invite.qr_matrix("http://192.168.1.20:8123/abc/")
    network = poster.Wifi("Verkstan", "hemligt<b>", invite.qr_matrix("WIFI:T:WPA;S:Verkstan;P:x;;"))
    path = poster.build(
        factory.session(),
        "http://192.168.1.20:8123/abc/",
        "192.168.1.20:8123",
        matrix,
        SV,
        tmp_path / "p.pdf",
        network,
    )
    reader = PdfReader(path)
    assert len(reader.pages) == 1
    found = reader.pages[0].extract_text()
    for text in (
        "192.168.1.20:8123",
        "C7K9MR",
        "Verkstan",
        "hemligt<b>",
        "Stanna kvar ändå",
        "Stay connected anyway",
    ):
        assert text in found
    assert "Innovationsupphandling inom boende" in found


def test_the_code_on_the_poster_is_the_code(tmp_path: Path) -> None:
    matrix = invite.qr_matrix("http://10.0.0.7:8123/abc/")
    path = poster.build(factory.session(), "u", "10.0.0.7:8123", matrix, EN, tmp_path / "p.pdf")
    image = pypdfium2.PdfDocument(path)[0].render(scale=2).to_pil().convert("L")
    dark = image.point(lambda value: 255 if value < 60 else 0)
    side = poster.LARGE / (len(matrix) + 8)
    top = _top_of_code(dark)
    for row, cells in enumerate(matrix):
        for place, module in enumerate(cells):
            x, y = 62 + (place + 4.5) * side, top + (row + 0.5) * side
            assert bool(dark.getpixel((round(2 * x), round(2 * y)))) == module


def _top_of_code(dark: object) -> float:
    box = dark.crop((2 * 62, 2 * 190, 2 * 390, 2 * 520)).getbbox()
    return 190 + box[1] / 2


def test_cards_to_cut_leave_out_what_is_not_to_be_sorted(tmp_path: Path) -> None:
    path = cards.build(factory.whole(), SV, tmp_path / "k.pdf")
    found = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Lägsta pris vinner" in found
    assert "Solceller" in found
    assert "Ring Kajsa" not in found
    assert "Ingen frågar oss i driften" not in found


def test_without_cards_there_is_a_sheet_to_write_on(tmp_path: Path) -> None:
    path = cards.build(factory.summary(), SV, tmp_path / "k.pdf")
    reader = PdfReader(path)
    assert len(reader.pages) == 1
    assert reader.pages[0].extract_text().count("Roll:") == 8


def test_a_card_of_any_length_stays_on_its_card(tmp_path: Path) -> None:
    long = [
        factory.card(1, "mycket att säga " * 300),
        factory.card(2, "w" * 900),
        factory.card(3, "😀" * 280),
    ]
    path = cards.build(factory.summary(long), SV, tmp_path / "k.pdf")
    assert len(PdfReader(path).pages) == 1


def test_no_ring_lies_on_another() -> None:
    points = [Point(n, 3.0, 2.5 + n / 20) for n in range(1, 9)] + [Point(9, 3.1, 5.0), Point(10, 3.0, 5.0)]
    rings = shapes(charts.worth_doable(points, WORDS), Circle)
    apart = [abs(a.cx - b.cx) + abs(a.cy - b.cy) for n, a in enumerate(rings) for b in rings[:n]]
    assert len(rings) == 10 and min(apart) > 21
    assert all(0 < c.cx < 300 and c.cy > 0 for c in rings)
