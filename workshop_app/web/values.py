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


@dataclass(frozen=True)
class Page:
    """A template and what it draws."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What a form is shown with again: the values, the sentences by their fields, one sentence for the whole."""

    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
