"""On which line of a TOML text each of its parts stands, and whether the text is plain enough to be read at all."""

import re
from dataclasses import dataclass

Place = tuple[str | int, ...]  # the way to a part, such as ("step", 2, "field", 0, "limit")

DEEPEST, LONGEST_KEY = 8, 6  # brackets in brackets, and parts of a dotted key; a format needs 3 of each

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\[^\n]|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}=,.\n]"
    r"|[^\s\[\]{}=,.\"'#]+"
    r"|[\"']",
    re.DOTALL,
)


class TooTangled(ValueError):
    """A text nested so deep, or with keys so long, that it is no format; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass
class _Open:
    """A table (`at` is None) or an array that is being read; in an array `at` counts what went before."""

    path: Place
    at: int | None = None


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}  # tables in an array of tables so far
        self.open: list[_Open] = [_Open(())]
        self.parts: list[str] = []  # of the key being read
        self.value: Place | None = None  # what the next value belongs to
        self.header = 0  # brackets of a header that is being read
        self.dots = 0

    def take(self, token: str, line: int) -> None:
        if token == "\n":
            self._line_ends(line)
        elif token == ".":
            self.dots += 1
            if self.dots >= LONGEST_KEY:
                raise TooTangled(line)
        elif token in ("[", "]") and self._in_header(token):
            self.header += 1 if token == "[" else 0
        elif token in "[{":
            self._begins(token, line)
        elif token in "]}":
            self._ends()
        elif token == "=":
            self._named(line)
        elif token == ",":
            self._next()
        elif self.value is None and token[0] != "#":
            self.parts.append(token.strip("\"'"))

    def _in_header(self, token: str) -> bool:
        outermost = len(self.open) == 1 and self.value is None
        return outermost and (not self.parts if token == "[" else self.header > 0)

    def _line_ends(self, line: int) -> None:
        self.dots = 0
        if self.header and self.parts:
            self._headed(line)
        if len(self.open) == 1:
            self.parts, self.value, self.header = [], None, 0

    def _headed(self, line: int) -> None:
        path: Place = ()
        for number, part in enumerate(self.parts, 1):
            path += (part,)
            if number == len(self.parts) and self.header > 1:
                self.lines.setdefault(path, line)
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path += (self.counts[path] - 1,)
        self.lines[path] = line
        self.open = [_Open(path)]

    def _here(self) -> Place:
        now = self.open[-1]
        if now.at is not None:
            return (*now.path, now.at)
        return self.value or now.path

    def _begins(self, token: str, line: int) -> None:
        if len(self.open) > DEEPEST:
            raise TooTangled(line)
        path = self._here()
        self.lines.setdefault(path, line)
        self.open.append(_Open(path, 0 if token == "[" else None))
        self.parts, self.value, self.dots = [], None if token == "{" else path, 0

    def _ends(self) -> None:
        if len(self.open) > 1:
            self.open.pop()
        self.parts, self.value, self.dots = [], self.open[-1].path or ("",), 0

    def _named(self, line: int) -> None:
        path = self.open[-1].path
        for part in self.parts:
            path += (part,)
            self.lines.setdefault(path, line)
        self.value, self.dots = path, 0

    def _next(self) -> None:
        now = self.open[-1]
        if now.at is not None:
            now.at += 1
        elif len(self.open) > 1:
            self.parts, self.value = [], None
        self.dots = 0


def lines_of(text: str) -> dict[Place, int]:
    """The line of every table, array and key of a TOML text; TooTangled before anything is read that would take long."""
    reader, line = _Reader(), 1
    for found in _TOKEN.finditer(text):
        token = found.group()
        reader.take(token, line)
        line += token.count("\n")
    reader.take("\n", line)
    return reader.lines


def line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of a part, or of the nearest thing around it that stands in the text."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
