"""Compiles resources/locale/*/*.po into one workshop.mo a language and says which texts are still missing.

The .po files are the source, one for each floor. `words.py` compiles and lists texts in the code that have no
translation; `words.py --check` changes nothing and fails if a catalogue is out of date or a text is missing.
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locale"
CODE = ROOT / "workshop_app"
TEMPLATES = ROOT / "resources" / "web"

# A Language is held in one of these names, so that the texts can be found without running anything.
CALLERS = {"lang", "language", "words", "N_"}
IN_TEMPLATE = re.compile(
    r"""\b(?:lang|words|_)(\.plural)?\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""(?:\s*,\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?"""
)
# The catalogue's own dates would make every build differ.
DATELESS = datetime(2000, 1, 1, tzinfo=UTC)

Text = str | tuple[str, str]


def languages() -> list[Path]:
    """The folders of the languages that have a catalogue."""
    return sorted(p for p in LOCALES.iterdir() if p.is_dir())


@cache
def catalogue(folder: Path) -> Catalog:
    """All parts of one language in one catalogue; two parts that disagree on a text end the run."""
    whole = Catalog(locale=folder.name, creation_date=DATELESS, revision_date=DATELESS)
    for part in sorted(folder.glob("*.po")):
        for message in read_po(part.open("rb"), locale=folder.name, abort_invalid=True):
            if not message.id or not _complete(message.string):
                continue
            known = whole.get(message.id)
            if known is not None and known.string != message.string:
                sys.exit(f"{part.name}: {message.id!r} is already translated as {known.string!r}")
            whole.add(message.id, message.string)
    return whole


def _complete(string: Sequence[str] | None) -> bool:
    return bool(string) and all(string or ())


def compiled(folder: Path) -> bytes:
    """The .mo of one language folder as bytes, the same for the same texts whenever it is made."""
    out = io.BytesIO()
    write_mo(out, catalogue(folder))
    return out.getvalue()


def mo_file(folder: Path) -> Path:
    """Where the compiled catalogue of a language lies."""
    return folder / "LC_MESSAGES" / "workshop.mo"


@cache
def used() -> dict[Text, str]:
    """Every text that the code or a template asks for -> the first place that does; a plural is a pair."""
    found: dict[Text, str] = {}
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text, line in _in_code(tree):
            found.setdefault(text, f"{path.relative_to(ROOT)}:{line}")
    for path in sorted(
        p for p in TEMPLATES.rglob("*") if p.suffix in {".html", ".txt", ".xml", ".js", ".j2"}
    ):
        for text in _in_template(path.read_text(encoding="utf-8")):
            found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def _in_code(tree: ast.AST) -> Iterator[tuple[Text, int]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if texts and is_caller(node.func) and texts[0] == getattr(node.args[0], "value", None):
            yield texts[0], node.lineno
        elif len(texts) == 2 and _is_plural(node.func):
            yield (texts[0], texts[1]), node.lineno


def is_caller(func: ast.expr) -> bool:
    """Whether a called expression is a Language (by its name) or the mark N_."""
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    if name == "language":  # i18n.language("sv") makes a Language, self.language("…") is one
        return isinstance(func, ast.Attribute) and getattr(func.value, "id", "") != "i18n"
    return name.lstrip("_") in CALLERS or name == "N_"


def _is_plural(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr == "plural"


def _in_template(source: str) -> Iterator[Text]:
    for plural, one, many in IN_TEMPLATE.findall(source):
        first = str(ast.literal_eval(one))
        yield (first, str(ast.literal_eval(many))) if plural and many else first


def missing(folder: Path) -> list[tuple[Text, str]]:
    """The texts in use that a language lacks, each with a place that uses it."""
    have = catalogue(folder)
    return [(text, place) for text, place in used().items() if not _has(have, text)]


def _has(have: Catalog, text: Text) -> bool:
    message = have.get(text)
    return (
        message is not None and _complete(message.string) and message.pluralizable == isinstance(text, tuple)
    )


def main() -> None:
    """Writes every language's catalogue; with --check only looks, and fails on anything old or missing."""
    check = "--check" in sys.argv
    for folder in languages():
        target, data = mo_file(folder), compiled(folder)
        if check and (not target.exists() or target.read_bytes() != data):
            sys.exit(f"{target.name} of {folder.name} is out of date: run `make words`")
        if not check:
            target.parent.mkdir(exist_ok=True)
            temporary = target.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_bytes(data)
            temporary.replace(target)
        lacking = missing(folder)
        for text, place in lacking:
            print(f"{place}: no text in {folder.name} for {text!r}")
        if check and lacking:
            sys.exit(1)


if __name__ == "__main__":
    main()
