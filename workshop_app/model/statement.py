"""The sentence of a need, put together from its parts each time it is shown; nothing is inflected or stored."""

import re
from collections.abc import Mapping

PARTS = ("who", "function", "situation", "effect")
EMPTY = "…"

# Content languages, not interface languages: a need written in Swedish keeps its Swedish glue on an English desk.
_GLUE = {"sv": ("behöver kunna", "så att"), "en": ("need to be able to", "so that")}
_SAID_TWICE = {
    "sv": {
        "function": re.compile(r"^(?:behöver\s+)?(?:kunna\s+|att\s+kunna\s+|att\s+)", re.IGNORECASE),
        "effect": re.compile(r"^så\s+att\s+", re.IGNORECASE),
    },
    "en": {
        "function": re.compile(r"^(?:needs?\s+)?(?:to\s+be\s+able\s+to|be\s+able\s+to|to)\s+", re.IGNORECASE),
        "effect": re.compile(r"^so\s+that\s+", re.IGNORECASE),
    },
}


def parts(fields: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """The sentence in pieces `(kind, text)`, kind one of who, glue, function, situation, effect.

    The pieces joined as they are give `statement`: spaces, the comma and the full stop lie in the glue.
    A part that is not written yet is shown as "…".
    """
    able, so_that = _GLUE.get(language, _GLUE["sv"])
    shown = {part: _shown(fields, part, language) for part in PARTS}
    return [
        ("who", shown["who"][:1].upper() + shown["who"][1:]),
        ("glue", f" {able} "),
        ("function", shown["function"]),
        ("glue", " "),
        ("situation", shown["situation"]),
        ("glue", f", {so_that} "),
        ("effect", shown["effect"]),
        ("glue", "."),
    ]


def statement(fields: Mapping[str, str], language: str) -> str:
    """The whole sentence «Who behöver kunna function situation, så att effect.» in the need's language."""
    return "".join(text for _, text in parts(fields, language))


def missing(fields: Mapping[str, str]) -> list[str]:
    """Which of who, function, situation and effect have no words yet."""
    return [part for part in PARTS if not _words(fields, part)]


def _words(fields: Mapping[str, str], part: str) -> str:
    return " ".join((fields.get(part) or "").split()).strip(" .,;…")


def _shown(fields: Mapping[str, str], part: str, language: str) -> str:
    text = _words(fields, part)
    again = _SAID_TWICE.get(language, _SAID_TWICE["sv"]).get(part)
    if again is not None:
        text = again.sub("", text)
    return text or EMPTY
