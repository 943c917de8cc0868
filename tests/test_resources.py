"""What the program carries with it is there, whole, licensed and reachable by the names the code uses."""

import ast
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from workshop_app import resources

ROOT = Path(__file__).resolve().parent.parent
TTF = sorted(p.name for p in resources.path("fonts").glob("*.ttf"))
ICONS = sorted(resources.path("icons").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}svg"


def cmap(name: str) -> set[int]:
    return set(TTFontFile(str(resources.path("fonts", name))).charToGlyph)


def lacking(text: str, *fonts: str) -> str:
    have = set().union(*(cmap(name) for name in fonts))
    return "".join(sign for sign in text if ord(sign) not in have)


def test_the_four_faces_are_there() -> None:
    expected = [
        *[f"AtkinsonHyperlegibleNext_{w}.ttf" for w in ("400Regular", "500Medium", "600SemiBold", "700Bold")],
        "DejaVuSans.ttf",
        "NotoEmoji_400Regular.ttf",
        *[f"SourceSerif4_{w}.ttf" for w in ("400Regular", "400Regular_Italic", "600SemiBold")],
    ]
    assert expected == TTF


@pytest.mark.parametrize("name", [n for n in TTF if n.startswith(("Atkinson", "Source"))])
def test_swedish_can_be_written_in_every_weight(name: str) -> None:
    assert lacking("åäöÅÄÖéèüàáčšžđøæñçß–”’…·•½−×0123456789€%&@<>", name) == ""


def test_the_fallbacks_fill_the_gaps() -> None:
    assert lacking("ŋŧŊŦ→✓ЖЩαβאب", "DejaVuSans.ttf") == ""
    assert lacking("😀👍❤🏠🚗🙏🔥", "NotoEmoji_400Regular.ttf") == ""


def test_phones_get_small_fonts() -> None:
    faces = sorted(resources.path("fonts").glob("*.woff2"))
    assert len(faces) == 3
    assert all(p.read_bytes()[:4] == b"wOF2" for p in faces)
    assert sum(p.stat().st_size for p in faces) < 50_000


def test_every_font_and_icon_has_its_licence() -> None:
    notice = resources.text("NOTICE.md")
    fonts = resources.path("fonts")
    for stem in ("OFL-AtkinsonHyperlegibleNext", "OFL-SourceSerif4", "OFL-NotoEmoji", "LICENSE-DejaVuSans"):
        assert (fonts / f"{stem}.txt").stat().st_size > 3_000
        assert f"fonts/{stem}.txt" in notice
    assert "Feather" in resources.text("icons", "LICENSE.txt")
    families = {p.name.split("_")[0].split("-latin")[0] for p in fonts.iterdir() if p.suffix != ".txt"}
    assert all(family in notice for family in families)


@pytest.mark.parametrize("icon", ICONS, ids=lambda p: p.stem)
def test_icons_take_the_colour_of_the_text(icon: Path) -> None:
    drawing = ElementTree.parse(icon).getroot()
    assert drawing.tag == SVG
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke") == "currentColor"
    assert drawing.get("fill") == "none"
    assert len(drawing) >= 1


def test_every_icon_that_the_code_names_is_there() -> None:
    names = {p.stem for p in ICONS}
    unknown = []
    for path in sorted((ROOT / "workshop_app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            unknown += [f"{path.name}:{node.lineno} {n}" for n in named_icons(node) if n not in names]
    assert unknown == []


def named_icons(node: ast.AST) -> list[str]:
    """Icon names in `pixmap("check")`, `paint_icon(painter, "check", …)`, `Button(…, icon="check")` and defaults."""
    found: list[ast.expr | None] = []
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        place = {"icon": 0, "pixmap": 0, "IconLabel": 0, "show_icon": 0, "paint_icon": 1}.get(called)
        found = [k.value for k in node.keywords if k.arg in {"icon", "icon_name", "icon_after"}]
        found += node.args[place : place + 1] if place is not None else []
    elif isinstance(node, ast.arguments):
        named = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
        pairs = [
            *zip(named, node.defaults, strict=True),
            *zip(node.kwonlyargs, node.kw_defaults, strict=True),
        ]
        found = [default for argument, default in pairs if argument.arg == "icon"]
    return [f.value for f in found if isinstance(f, ast.Constant) and isinstance(f.value, str) and f.value]


def test_what_the_wheel_carries_is_what_the_code_looks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {
        "resources": "workshop_app/_resources",
        "sample_sessions": "workshop_app/_sample_sessions",
    }
    assert resources.path("theme.json").is_file()
    assert resources.path("locale", "sv", "LC_MESSAGES", "workshop.mo").is_file()
