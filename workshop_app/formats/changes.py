"""Changing a format that is being written: on its tables, as they stand in the file, each change a new value."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from workshop_app.formats.places import Place
from workshop_app.formats.shipped import formats
from workshop_app.formats.values import ASKED_PER, LIMITED, Format, Step
from workshop_app.formats.writing import as_data, shared_join

Tables = Mapping[str, Any]

COPY = {"sv": " (kopia)", "en": " (copy)"}
_OWN_ORDER = 500  # own formats are offered after those that ship
_LIMIT = {"text": 120, "area": 280, "dots": 3}
_EMPTY = {"sv": "", "en": ""}


def get(data: Any, place: Place, default: Any = None) -> Any:
    """What stands at a place; `default` where nothing does."""
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return default
    return data


def put(data: Any, place: Place, value: Any) -> Any:
    """The same tables with another value at a place; what has no value any more (None) is taken out."""
    if not place:
        return value
    part, *rest = place
    if isinstance(part, int):
        changed = put(data[part], tuple(rest), value)
        return [*data[:part], changed, *data[part + 1 :]]
    known = dict(data or {})
    inner = put(known.get(part), tuple(rest), value)
    if inner is None:
        known.pop(part, None)
    else:
        known[part] = inner
    return known


def insert(data: Tables, place: Place, value: Any) -> Any:
    """With another table in an array, at the number that `place` ends with."""
    *array, number = place
    rows = list(get(data, tuple(array), []))
    rows.insert(int(number), value)
    return put(data, tuple(array), rows)


def remove(data: Tables, place: Place) -> Any:
    """Without one table of an array."""
    *array, number = place
    rows = list(get(data, tuple(array), []))
    del rows[int(number)]
    return put(data, tuple(array), rows or None)


def move(data: Tables, place: Place, by: int) -> Any:
    """With one table of an array moved up or down; the same where there is no room."""
    *array, number = place
    rows, to = list(get(data, tuple(array), [])), int(number) + by
    if not 0 <= to < len(rows):
        return data
    rows.insert(to, rows.pop(int(number)))
    return put(data, tuple(array), rows)


def total(data: Tables) -> int:
    """The minutes of all steps together."""
    minutes = [step.get("minutes") for step in data.get("step", [])]
    return sum(n for n in minutes if isinstance(n, int))


# New parts ----------------------------------------------------------------------


def copy_of(format_: Format, taken: Iterable[str]) -> Tables:
    """A format to change, with an id of its own and a name that says what it is."""
    data = as_data(format_)
    name = {code: text + COPY[code] for code, text in data["name"].items()}
    return {
        **{key: value for key, value in data.items() if key not in ("also_known_as", "beside")},
        "id": _fresh(f"{format_.id[:48]}_copy", taken),
        "name": name,
        "version": 1,
        "order": _OWN_ORDER,
    }


def with_step(data: Tables, number: int, kind: str) -> Any:
    """With a new step of a kind, worded as in a format that ships, so that it can be used as it is."""
    source, step = next((f, s) for f in formats().values() for s in f.steps if s.kind == kind and _plain(s))
    table = next(t for t in as_data(source)["step"] if t["id"] == step.id)
    taken = [s["id"] for s in data.get("step", [])] + [one["id"] for one in data.get("list", [])]
    table = {**table, "id": _fresh(kind, taken), "part": get(data, ("step", max(number - 1, 0), "part"), 1)}
    if step.items in source.lists and step.items not in [one["id"] for one in data.get("list", [])]:
        its = next(t for t in as_data(source)["list"] if t["id"] == step.items)
        data = {**data, "list": [*data.get("list", []), its]}
    return insert(data, ("step", number), table)


def copy_step(data: Tables, number: int) -> Any:
    """With a step once more, after itself and with an id of its own."""
    step = get(data, ("step", number))
    taken = [s["id"] for s in data["step"]] + [one["id"] for one in data.get("list", [])]
    title = {
        code: text + COPY[code] if text else "" for code, text in step.get("title", dict(_EMPTY)).items()
    }
    return insert(
        data, ("step", number + 1), {**step, "id": _fresh(f"{step['id'][:48]}_copy", taken), "title": title}
    )


def of_kind(step: Tables, kind: str) -> Tables:
    """A step of another kind with the same words and questions, without what only the old kind had."""
    kept = {k: v for k, v in step.items() if k != "makes"} | {"kind": kind}
    if kind == "pause":
        kept = {k: v for k, v in kept.items() if k not in ("field", "items", "many", "shuffled", "keeps")}
        return kept | {"phone": "wait", "projector": "pause"}
    fields: list[Tables] = [
        {k: v for k, v in field.items() if k != "per" or kind in ASKED_PER.get(v, ())}
        for field in step.get("field", [])
    ]
    shown = {"phone": "form", "projector": "question"} if step.get("kind") == "pause" else {}
    return kept | shown | {"field": fields or [new_field([])]}


def of_cards(step: Tables, makes: str) -> Tables:
    """A step whose answers become something else; cards are made of the question called "text", so there is one."""
    kept = {k: v for k, v in step.items() if k != "makes"} | ({"makes": makes} if makes else {})
    fields = list(step.get("field", []))
    written = [
        n for n, field in enumerate(fields) if field.get("type") in ("text", "area") and not field.get("per")
    ]
    if makes != "card" or any(field["name"] == "text" for field in fields):
        return kept
    if written:
        fields[written[0]] = {**fields[written[0]], "name": "text"}
    else:
        fields.insert(0, {**new_field([]), "name": "text"})
    return {**kept, "field": fields}


def with_list(data: Tables) -> Any:
    """With another list of things to ask about, one thing in it so far."""
    lists = list(data.get("list", []))
    taken = [one["id"] for one in (*lists, *data.get("step", []))]
    return put(data, ("list",), [*lists, {"id": _fresh("list", taken), "item": [new_row([], "item")]}])


def own_join(data: Tables) -> Any:
    """With a join form of the format's own: at first the one that all share."""
    return put(data, ("join",), shared_join())


def _plain(step: Step) -> bool:
    """Whether a step can stand by itself: it asks about no other step."""
    return not step.items or any(step.items in f.lists for f in formats().values() if step in f.steps)


def new_field(fields: Sequence[Tables]) -> Tables:
    """A question with nothing said yet."""
    name = _fresh("question", [f["name"] for f in fields])
    return {"name": name, "type": "area", "limit": _LIMIT["area"], "label": dict(_EMPTY)}


def new_row(rows: Sequence[Tables], kind: str) -> Tables:
    """An answer to choose, a role, a rule or a thing in a list, with nothing said yet."""
    if kind == "rule":
        return dict(_EMPTY)
    value = _fresh(kind, [row["value"] for row in rows])
    return {"value": value, "label": dict(_EMPTY)} if kind == "item" else {"value": value, **_EMPTY}


def of_type(field: Tables, type_: str) -> Tables:
    """A field that is answered in another way, without what only the old way had."""
    kept = {k: v for k, v in field.items() if k not in ("limit", "choices", "source")}
    chooses = type_ in ("one", "many")
    if chooses:
        kept |= {k: field[k] for k in ("choices", "source") if k in field}
        if "choices" not in kept and "source" not in kept:
            kept["choices"] = [new_row([], "choice")]
    if type_ in LIMITED:
        kept["limit"] = field.get("limit") if field.get("type") in LIMITED else _LIMIT[type_]
    return {**kept, "type": type_}


def _fresh(stem: str, taken: Iterable[str]) -> str:
    known = set(taken)
    names = chain([stem], (f"{stem}_{n}" for n in count(2)))
    return next(name for name in names if name not in known)
