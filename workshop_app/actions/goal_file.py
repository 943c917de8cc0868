"""Goals out of a file: a table (CSV), a document (DOCX) or plain text, one goal a row, a paragraph or a line.

Whatever the file claims to be, only so much of it is read, nothing in it is followed or run, and people see what was
found before anything is added.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from workshop_app.i18n import N_
from workshop_app.model.goals import same
from workshop_app.model.trouble import Refused, RoomTrouble

LARGEST = 10 * 2**20
LARGEST_UNPACKED = 32 * 2**20
MOST_GOALS = 300
LONGEST = 300  # characters of one goal; a longer paragraph is a text about goals

TOO_LARGE = N_("{name} is larger than {limit} MB. Save only the goals in a file of their own.")
NOT_THAT_KIND = N_(
    "{name} is not a file that goals can be read from. Use CSV, DOCX or TXT, or paste the goals."
)
NOT_TEXT = N_("{name} is not text. Save it as CSV, DOCX or TXT, or paste the goals.")
BROKEN = N_("{name} cannot be read as a document. Open it, save it anew, or paste the goals.")
NOTHING = N_("No goals were found in {name}. Paste them instead, one on each line.")
TOO_MANY = N_("{name} holds {n} lines; {limit} goals at most. Save only the goals in a file of their own.")
UNREAD = N_("{name} cannot be read: {why}.")

HEADINGS = ("mål", "målet", "goal", "goals", "titel", "title", "delmål", "target", "text", "rubrik")
_BULLET = re.compile(r"^[\s•·▪◦‣*–—-]+")
_DOCUMENT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class GoalsRead:
    """What a file gave: goals in order, each once; how many came twice, and how many paragraphs were too long to be one."""

    source: str
    titles: tuple[str, ...]
    repeated: int = 0
    passed_over: int = 0


def read_goals(path: Path) -> GoalsRead:
    """The goals in a file, with the file's name as their source; Refused says in a sentence why there are none."""
    try:
        if not path.is_file():
            raise Refused(NOT_THAT_KIND, name=path.name)
        if path.stat().st_size > LARGEST:
            raise Refused(TOO_LARGE, name=path.name, limit=LARGEST // 2**20)
        data = path.read_bytes()
    except OSError as trouble:
        raise RoomTrouble(UNREAD, name=path.name, why=trouble.strerror or str(trouble)) from trouble
    ending = path.suffix.lower()
    if ending == ".docx" or data[:4] == b"PK\x03\x04":
        lines: Iterable[str] = _paragraphs(data, path.name)
    elif ending == ".csv":
        lines = _column(_text(data, path.name))
    elif ending in (".txt", ".md", ""):
        lines = _text(data, path.name).splitlines()
    else:
        raise Refused(NOT_THAT_KIND, name=path.name)
    found = [tidy(line) for line in lines]
    fits = [line for line in found if line and len(line) <= LONGEST]
    once: dict[str, str] = {}
    for line in fits:
        once.setdefault(same(line), line)
    titles = tuple(once.values())
    if not titles:
        raise Refused(NOTHING, name=path.name)
    if len(titles) > MOST_GOALS:
        raise Refused(TOO_MANY, name=path.name, n=len(titles), limit=MOST_GOALS)
    return GoalsRead(
        path.stem[:120], titles, len(fits) - len(titles), sum(len(line) > LONGEST for line in found)
    )


def tidy(line: str) -> str:
    """A line as a goal: spaces single, signs that can neither be shown nor printed gone, a bullet before it gone."""
    shown = "".join(c if c.isprintable() else " " for c in line)
    return " ".join(_BULLET.sub("", shown).split())


def _text(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data or data[:5] == b"%PDF-":
        raise Refused(NOT_TEXT, name=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what spreadsheets here save as "CSV"


def _column(text: str) -> list[str]:
    """The column of a table that holds the goals: the one named so, else the one with most words."""
    head = text[:4000]
    sign = max(";\t,", key=head.count) if any(s in head for s in ";\t,") else ";"
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=sign) if any(c.strip() for c in row)]
    except csv.Error:
        return text.splitlines()
    if not rows:
        return []
    names = [cell.strip().casefold() for cell in rows[0]]
    named = next((names.index(name) for name in HEADINGS if name in names), None)
    if named is not None:
        return [row[named] for row in rows[1:] if len(row) > named]
    width = max(map(len, rows))
    return [row[at] for at in [_wordiest(rows, width)] for row in rows if len(row) > at]


def _wordiest(rows: Sequence[Sequence[str]], width: int) -> int:
    def letters(at: int) -> int:
        return sum(sum(map(str.isalpha, row[at])) for row in rows if len(row) > at)

    return max(range(width), key=lambda at: (letters(at), -at))


def _paragraphs(data: bytes, name: str) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(_DOCUMENT) as part:
            xml = part.read(LARGEST_UNPACKED + 1)
    except Exception as trouble:  # zip, zlib and lzma each have errors of their own
        raise Refused(BROKEN, name=name) from trouble
    if len(xml) > LARGEST_UNPACKED:
        raise Refused(TOO_LARGE, name=name, limit=LARGEST_UNPACKED // 2**20)
    # no document of this kind declares anything, and all are in UTF-8
    bare = xml.replace(b"<!--", b"").replace(b"<![CDATA[", b"")
    if b"\0" in xml or b"<!" in bare:
        raise Refused(BROKEN, name=name)
    try:
        tree = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, RecursionError, LookupError) as trouble:
        raise Refused(BROKEN, name=name) from trouble
    return ["".join(_words(paragraph)) for paragraph in tree.iter(f"{_WORD}p")]


def _words(paragraph: ElementTree.Element) -> Iterable[str]:
    for node in paragraph.iter():
        if node.tag == f"{_WORD}t":
            yield node.text or ""
        elif node.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            yield " "
