"""Sessions in and out as JSON: the whole session both ways, and the short form that samples and open editions use."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workshop_app import __version__
from workshop_app.actions.action import action, do
from workshop_app.actions.short_dialogue import open_parts
from workshop_app.actions.short_form import NOT_SESSION, import_short, read_short
from workshop_app.i18n import N_
from workshop_app.model import open_results
from workshop_app.model.supplier_names import without_suppliers
from workshop_app.model.trouble import DamagedFile, Refused, RoomTrouble
from workshop_app.store import archive, queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

SCHEMA = 1
KIND = "behovsverkstad-session"
LARGEST = 64 * 2**20

ABSENT = N_("There is no file at {name}.")
TOO_LARGE = N_("{name} is larger than {limit} MB. That is not a session.")
NOT_JSON = N_("{name} cannot be read as JSON: line {line}, column {column}. Nothing was imported.")
NOT_TEXT = N_("{name} is not text in UTF-8. Nothing was imported.")
NEWER = N_("{name} was made by a newer version of Behovsverkstad. Update the program.")
UNREAD = N_("{name} cannot be read: {why}.")
UNFIT = N_("{name} holds values that do not fit together. Nothing was imported.")
UNSAVED = N_("Could not write {name}: {why}. Choose another place.")


def import_json(source: Path, target: Path, program: str = "workshop") -> SessionFile:
    """Makes a new session file from a JSON file of either form; on any refusal no file is left."""
    data = read_json(source)
    if data.get("kind") == KIND:
        if not isinstance(data.get("tables"), dict):
            raise Refused(NOT_SESSION, name=source.name, part="tables")
        file = SessionFile.create(target, program)

        def fill() -> None:
            do(file, restore, by="program", tables=data["tables"])
            _readable(file, source.name)

        return _filled(file, fill)
    short = read_short(data, source.name)
    file = SessionFile.create(target, program)
    return _filled(file, lambda: do(file, import_short, by="program", short=short))


def read_json(source: Path) -> dict[str, Any]:
    """The session in a JSON file, as yet unread; Refused says where it goes wrong."""
    data = read_any_json(source)
    if not isinstance(data, dict):
        raise Refused(NOT_SESSION, name=source.name, part="title")
    if isinstance(data.get("schema"), int) and data["schema"] > SCHEMA:
        raise Refused(NEWER, name=source.name)
    return data


def read_any_json(source: Path) -> Any:
    """What a JSON file of reasonable size holds; Refused says where it cannot be read."""
    try:
        size = source.stat().st_size
        if size > LARGEST:
            raise Refused(TOO_LARGE, name=source.name, limit=LARGEST // 2**20)
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError as trouble:
        raise Refused(ABSENT, name=str(source)) from trouble
    except UnicodeDecodeError as trouble:
        raise Refused(NOT_TEXT, name=source.name) from trouble
    except OSError as trouble:
        raise RoomTrouble(UNREAD, name=str(source), why=trouble.strerror or "") from trouble
    try:
        return json.loads(text)
    except json.JSONDecodeError as trouble:
        raise Refused(NOT_JSON, name=source.name, line=trouble.lineno, column=trouble.colno) from trouble
    except (RecursionError, ValueError) as trouble:  # nested too deep, or a number of thousands of digits
        raise Refused(NOT_JSON, name=source.name, line=1, column=1) from trouble


def _readable(file: SessionFile, name: str) -> None:
    """Refused when what was restored is no session that can be shown, however well its parts fit the tables."""
    try:
        format_ = queries.format_of(file)
        for step in queries.summary(file).session.steps:
            format_.step(step.id)
        queries.session(file).now_step  # noqa: B018
    except DamagedFile as trouble:
        raise Refused(NOT_SESSION, name=name, part="session") from trouble
    except (KeyError, ValueError, TypeError, AttributeError) as trouble:
        raise Refused(UNFIT, name=name) from trouble


def _filled(file: SessionFile, fill: Any) -> SessionFile:
    try:
        fill()
    except BaseException:
        file.close()
        file.path.unlink(missing_ok=True)
        raise
    return file


# The whole session --------------------------------------------------------------


@action(N_("Restore a session"), undoable=False, noted=False)
def restore(tx: Transaction, *, tables: Mapping[str, Any]) -> None:
    """Fills an empty file with everything a full export held."""
    archive.load(tx, tables)


def whole(file: SessionFile) -> dict[str, Any]:
    """Everything in the file as plain data; `import_json` of it gives the same session."""
    return {"schema": SCHEMA, "kind": KIND, "program": __version__, "tables": archive.dump(file)}


def open_edition(file: SessionFile) -> dict[str, Any]:
    """What may be shown to anybody, in the short form: no organisations, no names, nothing hidden, nothing
    internal; what the steps came to as `open_results` lets it be read."""
    now, board, room = queries.session(file), queries.board(file), queries.room(file)
    theme_title = {t.id: t.title for t in board.themes}
    shown = [c for c in board.cards.values() if c.state not in ("hidden", "withdrawn")]
    all_goals = {g.id: g for g in queries.goals(file)}
    needs = queries.needs(file)
    told = {
        "schema": SCHEMA,
        "fictional": now.fictional,
        "edition": "open",
        "title": now.title,
        "date": now.date,
        "place": now.place,
        "language": now.language,
        "format": now.format_id,
        **({"format_toml": now.format_toml} if now.format_toml else {}),
        "question": now.question,
        "missing_stakeholders": list(room.missing),
        "themes": [t.title for t in board.themes],
        "challenges": [
            {
                "id": f"c{c.number}",
                "text": c.text,
                "theme": theme_title.get(c.theme or 0, ""),
                "by_role": room.role_shown(c.role),
            }
            for c in sorted(shown, key=lambda c: c.id)
        ],
        "needs": [_open_need(n, all_goals, {c.id for c in shown}) for n in needs],
        **open_parts(queries.open_dialogue(file), {n.id: f"n{n.number}" for n in needs}),
        "results": open_results.results(queries.summary(file, "open"), queries.format_of(file)),
    }
    return without_suppliers(told, queries.supplier_names(file), now.language)


def _open_need(one: Any, all_goals: Mapping[int, Any], shown: set[int]) -> dict[str, Any]:
    f = one.opened.fields
    more = {k: f[k] for k in ("route_kind", "other_process", "review_date") if f[k]}
    measured = {k: f[k] for k in ("measure", "today", "target", "unit") if f[k]}
    market = {"market": {"status": f["market_status"]}} if f["market_status"] else {}
    return {
        "id": f"n{one.number}",
        **{
            k: f[k]
            for k in ("title", "who", "function", "situation", "effect", "owner", "route", "needed_by")
        },
        **more,
        "function_requirement": {"text": f["requirement"], "check": f["requirement_check"], **measured},
        **market,
        "evidence": [f"c{e.card}" for e in one.evidence if e.card in shown],
        "stakeholders": [s.group for s in one.stakeholders],
        "agenda_links": [f"{all_goals[g].source}: {all_goals[g].title}" for g in one.goals],
    }


def write_json(data: Mapping[str, Any], target: Path) -> None:
    """Writes JSON whole or not at all."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(target)
    except OSError as trouble:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None
        raise RoomTrouble(UNSAVED, name=str(target), why=trouble.strerror or str(trouble)) from trouble
