"""The small sheets beside the steps: what is written in them, for one need or for the whole workshop."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from workshop_app import formats
from workshop_app.actions.action import action
from workshop_app.actions.fields import NOT_NUMBER, NOT_OFFERED, clean
from workshop_app.actions.need import need_row
from workshop_app.formats import ONCE, Field, SmallSheet
from workshop_app.i18n import N_
from workshop_app.model import life_cycle, signs
from workshop_app.model.small_sheets import DONT_KNOW
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_SHEET = N_("There is no sheet called “{name}”. Known: {known}.")
NO_ROW = N_("That row is gone. Look at the list again.")
FIXED = N_("This sheet has no rows of its own.")
MOST = 200
ENOUGH = N_("At most {most} rows fit here. Take one away first.")
TOO_LONG = N_("“{name}” is {over} characters too long. Shorten it.")
NOT_AMOUNT = N_("Write the amount in digits, or “unknown”.")
SCALE = ("1", "2", "3", "4", "5", DONT_KNOW)


@action(N_("Write in a sheet"))
def write(
    tx: Transaction,
    *,
    sheet: str,
    fields: Mapping[str, str],
    need: int | None = None,
    item: str = "",
    row: int | None = None,
) -> int | None:
    """Writes some fields of one part of a sheet; the others stay. Returns its row, None when nothing is left in it.

    `item`: what is asked ONCE, or one of the sheet's items. Without it, `row` is changed or a new one is put last.
    """
    form = _form(sheet)
    if need is not None:
        need_row(tx, need)
    if item:
        return _put(tx, form, need, item, fields)
    if form.rows == "none":
        raise Refused(FIXED)
    if row is not None:
        old = _row(tx, row)
        return _store(tx, form, old, json.loads(old["fields"]) | _checked(form, "", fields))
    if len(_rows(tx, sheet, need, "")) >= MOST:
        raise Refused(ENOUGH, most=MOST)
    at = max((r["position"] for r in _rows(tx, sheet, need, "")), default=0) + 1
    new = {"id": None, "sheet": sheet, "need_id": need, "position": at, "item": ""}
    return _store(tx, form, new, _checked(form, "", fields))


@action(N_("Fill in what is known"))
def fetch(
    tx: Transaction,
    *,
    sheet: str,
    once: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
    need: int | None = None,
) -> None:
    """Fills in what is known already (`small_sheets.news`) beside what is written; nothing is written over."""
    form = _form(sheet)
    had: dict[str, str] = {}
    for old in _rows(tx, sheet, need, ONCE):
        had |= json.loads(old["fields"])
    empty = {name: value for name, value in once.items() if not had.get(name, "").strip()}
    if empty:
        _put(tx, form, need, ONCE, empty)
    for one in rows:
        write(tx, sheet=sheet, need=need, fields=one)


@action(N_("Take a row away"))
def drop(tx: Transaction, *, row: int) -> None:
    """Takes a free row away."""
    _row(tx, row)
    tx.delete("sheet_row", id=row)


@action(N_("Move a row"))
def move(tx: Transaction, *, row: int, to: int) -> None:
    """Puts a free row at another place of its sheet, counted from 0."""
    one = _row(tx, row)
    order = [r["id"] for r in _rows(tx, one["sheet"], one["need_id"], "") if r["id"] != row]
    order.insert(min(max(to, 0), len(order)), row)
    for position, id_ in enumerate(order, 1):
        tx.update("sheet_row", id_, {"position": position})


def _form(sheet: str) -> SmallSheet:
    form = formats.sheets().get(sheet)
    if form is None:
        raise Refused(NO_SHEET, name=sheet, known=", ".join(formats.sheets()))
    return form


def _row(tx: Transaction, row: int) -> dict[str, Any]:
    found = tx.row("sheet_row", row)
    if found is None or found["item"]:
        raise Refused(NO_ROW)
    return found


def _rows(tx: Transaction, sheet: str, need: int | None, item: str) -> list[dict[str, Any]]:
    return tx.rows("sheet_row", order="position, id", sheet=sheet, need_id=need, item=item)


def _put(
    tx: Transaction, form: SmallSheet, need: int | None, item: str, given: Mapping[str, str]
) -> int | None:
    """Writes what a sheet has once. Where a joined file has it several times, what was said of it comes together."""
    old = _rows(tx, form.id, need, item)
    whole: dict[str, str] = {}
    for one in old:
        for name, value in json.loads(one["fields"]).items():
            whole[name] = value if whole.get(name, value) == value else f"{whole[name]}; {value}"
    for one in old[1:]:
        tx.delete("sheet_row", id=one["id"])
    new = {"id": None, "sheet": form.id, "need_id": need, "position": 0, "item": item}
    return _store(tx, form, old[0] if old else new, whole | _checked(form, item, given))


def _store(
    tx: Transaction, form: SmallSheet, row: Mapping[str, Any], fields: Mapping[str, str]
) -> int | None:
    kept = {name: value for name, value in fields.items() if value.strip()}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    if not kept:
        if row["id"] is not None:
            tx.delete("sheet_row", id=row["id"])
        return None
    if row["id"] is None:
        return tx.insert("sheet_row", {**{k: v for k, v in row.items() if k != "id"}, "fields": text})
    tx.update("sheet_row", row["id"], {"fields": text})
    return int(row["id"])


def _checked(form: SmallSheet, item: str, given: Mapping[str, str]) -> dict[str, str]:
    """The given values of fields that the sheet asks there, as they are stored; a value that does not fit is refused."""
    if item not in ("", ONCE, *(i.value for i in form.items)):
        raise Refused(FIXED)
    asked = {f.name: f for f in form.asked(item)}
    return {name: _value(asked[name], clean(str(value))) for name, value in given.items() if name in asked}


def _value(field: Field, text: str) -> str:
    if field.type == "amount":
        amount = life_cycle.amount(text)
        if amount is None or len(amount) > field.limit:
            raise Refused(NOT_AMOUNT)
        return amount
    if field.type == "int" and text.strip():
        if not text.strip().isdecimal() or int(text) > field.limit:
            raise Refused(NOT_NUMBER, limit=field.limit)
        return str(int(text))
    offered = SCALE if field.type == "s5" else tuple(c.value for c in field.choices)
    if field.type in ("s5", "one") and text and text not in offered:
        raise Refused(NOT_OFFERED)
    if field.type in ("text", "area") and (over := signs.over(text, field.limit)) > 0:
        raise Refused(TOO_LONG, name=text[:30].strip(), over=over)
    return text
