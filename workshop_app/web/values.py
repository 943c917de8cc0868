"""What pages are made from and of: who asks, what was typed, and a page that is not drawn yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshop_app.i18n import Language


@dataclass(frozen=True)
class Asker:
    """Who asks: a phone by its cookie ("" without one), in its own language."""

    participant: str
    lang: Language
    token: str
    nameless: bool = False  # goes on without a role, because its browser keeps no cookies
    query: Mapping[str, str] = field(default_factory=dict)


class Alike:
    """What is the same on every phone: values, and the pieces of a page that have been drawn of them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.pieces: list[str] = []


@dataclass(frozen=True)
class Page:
    """A template and what it draws; with `alike`, `context` is only what this phone has for itself."""

    template: str
    context: dict[str, Any]
    alike: Alike | None = None


@dataclass(frozen=True)
class Typed:
    """What a form is shown with again: the values, the sentences by their fields, one sentence for the whole."""

    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
