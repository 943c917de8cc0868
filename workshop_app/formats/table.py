"""A TOML table as it is read: each value asked for by name, and what does not hold noted with its place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop_app.formats.places import Place
from workshop_app.formats.values import Words
from workshop_app.i18n import N_

NO_TEXT = N_("{where}: there is no text for {key}. Every text is needed in Swedish and English.")
TOO_LONG = N_("{where}: the text for {key} has {length} characters. At most {most} fit.")
CONTROLS = N_("{where}: the text for {key} holds a sign that cannot be shown or printed. Take it away.")
TWICE = N_("{where}: “{name}” is used twice. Give each its own name.")
TOO_MANY = N_("{where}: {key} is there {count} times. At most {most} fit.")
TOO_HIGH = N_("{where}: {key} is {value}. It can be at most {most}.")
NOT_KNOWN = N_("{where}: “{value}” is not a {key} the program knows. Choose one of {known}.")

LONGEST = {"name": 80, "title": 80, "short": 40, "label": 200, "facilitator": 4000}
LONG = 600  # signs in any other text

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
# C0 and C1 but newline and tab, signs that turn the order of reading round, and what is no sign at all
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: `place` in the TOML, `inside` the ids around it, a msgid and its values."""

    place: Place
    inside: str
    message: str
    values: Mapping[str, object]


class Table:
    """Knows where it stands, and which of its keys nobody has asked for; what does not hold goes into `faults`."""

    def __init__(
        self, data: Mapping[str, Any], faults: list[Fault], place: Place = (), inside: str = ""
    ) -> None:
        self.data, self.faults, self.place, self.inside = data, faults, place, inside
        self.asked: set[str] = set()

    def within(self, name: object) -> None:
        """Names the table in what is said about it."""
        self.inside = ", ".join(part for part in (self.inside, str(name)[:60]) if part)

    def trouble(self, message: str, *place: str | int, **values: object) -> None:
        """Notes that something does not hold, at a place inside this table."""
        self.faults.append(Fault((*self.place, *place), self.inside, message, values))

    def take(self, key: str, default: Any, fits: Callable[[Any], bool], example: str, instead: Any) -> Any:
        """The value of a key; `instead` where it is missing without a `default`, or of another kind."""
        self.asked.add(key)
        value = self.data.get(key, default)
        if value is None:
            message = N_("{where}: {key} is missing. Add it, as in {example}.")
            self.trouble(message, key, key=key, example=example)
            return instead
        if value != default and not fits(value):
            self.trouble(N_("{where}: {key} must look like {example}."), key, key=key, example=example)
            return instead
        return value

    def number(self, key: str, default: int | None = None, most: int = 1_000_000) -> int:
        """A whole number from 0."""
        value = int(self.take(key, default, lambda v: type(v) is int and v >= 0, f"{key} = 20", 0))
        if value > most:
            self.trouble(TOO_HIGH, key, key=key, value=value, most=most)
        return value

    def span(self, key: str, most: int) -> tuple[int, int]:
        """Two whole numbers, the lower first."""

        def fits(value: Any) -> bool:
            whole = isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)
            return whole and 1 <= value[0] <= value[1] <= most

        low, high = self.take(key, None, fits, f"{key} = [8, 40]", (1, 1))
        return low, high

    def yes(self, key: str) -> bool:
        """True or false, false where it is not there."""
        return bool(self.take(key, False, lambda v: isinstance(v, bool), f"{key} = true", False))

    def text(self, key: str, most: int = LONG) -> str:
        """A text without the spaces around it."""
        text = str(self.take(key, "", lambda v: isinstance(v, str), f'{key} = "…"', "")).strip()
        if len(text) > most:
            self.trouble(TOO_LONG, key, key=key, length=len(text), most=most)
        if _CONTROLS.search(text):
            self.trouble(CONTROLS, key, key=key)
        return text

    def name(self, key: str, default: str | None = None) -> str:
        """A name for the program: small letters, digits and underscores."""

        def fits(value: object) -> bool:
            return isinstance(value, str) and bool(_ID.fullmatch(value))

        return str(self.take(key, default, fits, f'{key} = "small_letters_and_digits"', ""))

    def names(self, key: str) -> tuple[str, ...]:
        """Several such names."""

        def fits(value: object) -> bool:
            return isinstance(value, list) and all(isinstance(v, str) and _ID.fullmatch(v) for v in value)

        return tuple(self.take(key, [], fits, f'{key} = ["former_id"]', ()))

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """One of the words the program knows."""
        value = str(self.take(key, default, lambda v: isinstance(v, str), f'{key} = "{known[-1]}"', known[0]))
        if value in known:
            return value
        self.trouble(NOT_KNOWN, key, key=key, value=value[:60], known=", ".join(k for k in known if k))
        return known[0]

    def table(self, key: str) -> "Table | None":
        """A table inside this one, None if there is none."""
        value = self.take(key, {}, lambda v: isinstance(v, dict), f"[{key}]", {})
        return (
            Table(value, self.faults, (*self.place, key), f"{self.inside}, {key}".strip(", "))
            if value
            else None
        )

    def tables(self, key: str, most: int) -> "Iterator[Table]":
        """The tables of an array; what is over `most` is not read."""

        def fits(value: object) -> bool:
            return isinstance(value, list) and all(isinstance(v, dict) for v in value)

        found = self.take(key, [], fits, f"[[{key}]]", [])
        if len(found) > most:
            self.trouble(TOO_MANY, key, most, key=key, count=len(found), most=most)
        for number, data in enumerate(found[:most]):
            yield Table(data, self.faults, (*self.place, key, number), self.inside)

    def spoken(self, key: str, needed: bool = True) -> Words:
        """A text in both languages."""
        example = f'{key}.sv = "…"'
        value = self.take(key, None if needed else {}, lambda v: isinstance(v, dict), example, None)
        if value is None:
            return Words()
        inner = Table(value, self.faults, (*self.place, key), f"{self.inside}, {key}".strip(", "))
        words = inner.pair(key)
        inner.done()
        if needed or words:
            self.both(words, key, key)
        return words

    def pair(self, key: str = "label") -> Words:
        """The two languages of this table itself."""
        most = LONGEST.get(key, LONG)
        return Words(self.text("sv", most), self.text("en", most))

    def both(self, words: Words, key: str, *place: str) -> None:
        """Notes which language has no text."""
        for code in ("sv", "en"):
            if not getattr(words, code):
                self.trouble(NO_TEXT, *place, code, key=f"{key}.{code}".strip("."))

    def no_doubles(self, names: Sequence[str], key: str, of: str, before: Sequence[str] = ()) -> None:
        """Notes every name in the array `key` that stood there, or `before`, already; `of` is the key it stands under."""
        seen = set(before)
        for number, name in enumerate(names):
            if name and name in seen:
                inside = f"{self.inside}, {key}".strip(", ")
                self.faults.append(Fault((*self.place, key, number, of), inside, TWICE, {"name": name}))
            seen.add(name)

    def done(self) -> None:
        """Notes a key that nobody has asked for."""
        unknown = sorted(set(self.data) - self.asked)
        if unknown:
            message = N_("{where}: “{key}” is not known. Check the spelling; these are known: {known}.")
            self.trouble(message, unknown[0], key=unknown[0][:60], known=", ".join(sorted(self.asked)))
