"""Names of suppliers in texts: they may stand in nothing that is open."""

import re
from collections.abc import Iterable

_LEGAL_FORM = re.compile(r"\s+(?:AB|HB|KB|A/S|AS|Oy|GmbH|Ltd|Inc|BV)\.?$", re.IGNORECASE)


def spoken_names(names: Iterable[str]) -> tuple[str, ...]:
    """Suppliers' names as they may stand in a text, longest first: in full, without a bracket, without a legal form."""
    found = set()
    for name in names:
        short = name.split("(")[0].strip()
        found |= {name.strip(), short, _LEGAL_FORM.sub("", short)}
    return tuple(sorted((n for n in found if len(n) >= 3), key=lambda n: (-len(n), n)))


def named_in(text: str, names: Iterable[str]) -> str:
    """The first of these names that stands in a text as words of its own, "" for none."""
    return next((n for n in names if _as_words(n).search(text)), "")


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with each of these names replaced."""
    for name in names:
        text = _as_words(name).sub(instead, text)
    return text


def _as_words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
