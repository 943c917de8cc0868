"""Names of suppliers in texts: they may stand in nothing that is open."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

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


INSTEAD = {"sv": "[leverantör]", "en": "[supplier]"}


def without_suppliers(value: T, names: Sequence[str], language: str) -> T:
    """The same value with every name taken out of every text in it: in dataclasses, mappings and rows alike."""
    return _scrubbed(value, names, INSTEAD.get(language, INSTEAD["en"])) if names else value


def _scrubbed(value: Any, names: Sequence[str], instead: str) -> Any:
    if isinstance(value, str):
        return without_names(value, names, instead)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
        new = {name: _scrubbed(part, names, instead) for name, part in parts.items()}
        moved = {name: part for name, part in new.items() if part is not parts[name] and part != parts[name]}
        return replace(value, **moved) if moved else value
    if isinstance(value, Mapping):
        return {k: _scrubbed(v, names, instead) for k, v in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_make"):
        return value._make(_scrubbed(v, names, instead) for v in value)
    if isinstance(value, tuple | list):
        return type(value)(_scrubbed(v, names, instead) for v in value)
    return value
