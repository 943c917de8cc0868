"""A format as TOML text that people can read, mail and change by hand: what is read of it is the same format."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshop_app.formats.reading import shared_form
from workshop_app.formats.values import Choice, Field, Format, Item, Step, Words

HEAD = "# A workshop format of Behovsverkstad. Open it in the program; it can be changed there or here.\n"
_WIDE = 100  # signs of a list that still stand on one line


def write(format_: Format) -> str:
    """The TOML text of a format; `load` of it gives the same format if nothing in it is amiss."""
    return HEAD + "\n".join(_lines(as_data(format_), ())) + "\n"


def as_data(format_: Format) -> dict[str, Any]:
    """The tables of a format, as they stand in its file; the join form that all share is left out."""
    join, intro, _rules = shared_form()
    own_form = (format_.join, format_.join_intro) != (join, intro)
    form = _form(format_.join, format_.join_intro)
    return _kept(
        {
            "id": format_.id,
            "version": format_.version,
            "order": format_.order,
            "people": list(format_.people),
            "minutes": format_.minutes,
            "result": format_.result,
            "audience": format_.audience,
            "beside": format_.beside,
            "also_known_as": list(format_.also_known_as),
            "name": _words(format_.name),
            "purpose": _words(format_.purpose),
            "who": _words(format_.who),
            "role": [_choice(c) for c in format_.roles],
            "rule": [_words(w) for w in format_.three_rules],
            "join": form if own_form else {},
            "list": [{"id": name, "item": [_item(i) for i in its]} for name, its in format_.lists.items()],
            "step": [_step(s, len(format_.join)) for s in format_.steps],
        }
    )


def shared_join() -> dict[str, Any]:
    """The tables of the join form that all formats share, for a format that is to have its own."""
    join, intro, _rules = shared_form()
    return _form(join, intro)


def _form(fields: Sequence[Field], intro: Words) -> dict[str, Any]:
    return {"intro": _words(intro), "field": [_field(f) for f in fields]}


def _kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty: it would be read as empty anyway."""
    return {
        key: value for key, value in data.items() if value is not False and value not in ({}, [], "", None)
    }


def _words(words: Words) -> dict[str, str]:
    return {"sv": words.sv, "en": words.en}


def _maybe(words: Words) -> dict[str, str]:
    return _words(words) if words else {}


def _choice(choice: Choice) -> dict[str, Any]:
    return {"value": choice.value, **_words(choice.label)}


def _scale(part: Field | Item) -> dict[str, Any]:
    return {name: _maybe(getattr(part, name)) for name in ("hint", "low", "middle", "high")}


def _item(item: Item) -> dict[str, Any]:
    return {"value": item.value, "label": _words(item.label), **_kept(_scale(item))}


def _field(field: Field) -> dict[str, Any]:
    first = {"name": field.name, "type": field.type}
    more = {
        "limit": field.limit or None,
        "required": field.required,
        "source": field.source,
        "per": field.per,
        "shown_if": field.shown_if,
        "apart": field.apart,
        "short": _maybe(field.short),
        **_scale(field),
        "choices": [_choice(c) for c in field.choices],
    }
    return {**first, "label": _words(field.label), **_kept(more)}


def _step(step: Step, shared: int) -> dict[str, Any]:
    fields = step.fields[shared:] if step.kind == "lobby" else step.fields
    first = {"id": step.id, "kind": step.kind, "minutes": step.minutes, "phone": step.phone}
    more = {
        "makes": step.makes,
        "many": step.many,
        "rules": step.rules,
        "items": step.items,
        "shuffled": step.shuffled,
        "keeps": step.keeps or None,
        "part": step.part if step.part != 1 else None,
        "prompt": _maybe(step.prompt) if step.kind == "pause" else _words(step.prompt),
        "projector_text": _maybe(step.projector_text),
        "field": [_field(f) for f in fields],
    }
    spoken = {name: _words(getattr(step, name)) for name in ("title", "outcome", "facilitator")}
    return {**first, "projector": step.projector, **spoken, **_kept(more)}


# TOML ---------------------------------------------------------------------------


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """A table: first what stands in it, then the tables inside it under headers of their own."""
    inner = {k: v for k, v in table.items() if _headed(v)}
    for key, value in table.items():
        if key in inner:
            continue
        if isinstance(value, dict):
            yield from (f"{key}.{name} = {_value(text)}" for name, text in value.items())
        else:
            yield f"{key} = {_value(value)}"
    for key, value in inner.items():
        header = ".".join((*path, key))
        for one in value if isinstance(value, list) else [value]:
            yield f"\n[[{header}]]" if isinstance(value, list) else f"\n[{header}]"
            yield from _lines(one, (*path, key))


def _headed(value: Any) -> bool:
    """Whether a value is a table of its own, or several, and no pair of words nor a list of choices."""
    if isinstance(value, list):
        return any(isinstance(one, dict) and not _flat(one) for one in value)
    return isinstance(value, dict) and not _flat(value)


def _flat(table: Mapping[str, Any]) -> bool:
    return bool(table) and not any(isinstance(v, dict | list) for v in table.values())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, Sequence):
        parts = [_value(one) for one in value]
        line = f"[{', '.join(parts)}]"
        spread = "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
        return line if len(line) <= _WIDE and "{" not in line else spread
    return str(value)


def _text(text: str) -> str:
    # JSON's signs after a backslash are TOML's too; DEL is the one that TOML wants escaped and JSON does not
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
