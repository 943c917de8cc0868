"""What goes on to the next session: open needs with their lineage, parked cards as references, and what became of them."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop_app import formats
from workshop_app.actions import goals, need, project, session, sheet
from workshop_app.actions.action import action, do
from workshop_app.actions.ask import clean
from workshop_app.actions.need import NO_NEED
from workshop_app.i18n import N_
from workshop_app.model import few, register
from workshop_app.model.board import Board
from workshop_app.model.need import FIELDS, HAPPENED, CarriedCard, Need
from workshop_app.model.project import Project
from workshop_app.model.session import Goal
from workshop_app.model.small_sheets import SheetRow
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

NOTE, DATE = 400, 40
UNKNOWN_NEWS = N_("“{value}” is not one of the answers for this. Choose one of: {known}.")
UNKNOWN_NEED = N_("There is no open need {number} in {title}.")


@dataclass(frozen=True)
class Luggage:
    """What an earlier session has to give: its open needs, parked cards, goals and the voices that were missing."""

    file_id: str
    title: str
    date: str
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    needs: tuple[Need, ...]
    voices: Mapping[int, Mapping[str, int]]  # need id -> role -> people, roles of at least three only
    parked: tuple[CarriedCard, ...]
    goals: tuple[Goal, ...]
    missing: tuple[str, ...]
    project: Project = field(default_factory=Project)
    sheets: tuple[SheetRow, ...] = ()  # of the sheets that are about the project

    def proposed(self) -> frozenset[int]:
        """Numbers of the needs that most want to bring: not those that are done or stopped."""
        return frozenset(n.number for n in self.needs if not register.over(n))


def look(path: Path) -> Luggage:
    """What can be brought from a session file; the file is only read."""
    with SessionFile.read(path) as file:
        now, board, room = queries.session(file), queries.board(file), queries.room(file)
        needs = tuple(n for n in queries.needs(file) if n.status != "closed")
        here = (
            CarriedCard(now.file_id, now.title, now.date, c.number, c.text, c.reason)
            for c in sorted(board.parked, key=lambda c: c.id)
        )
        return Luggage(
            file_id=now.file_id,
            title=now.title,
            date=now.date,
            roles=now.roles,
            organisations=now.organisations,
            needs=needs,
            voices={n.id: _voices(n, board) for n in needs},
            parked=(*queries.carried_cards(file), *here),
            goals=queries.goals(file),
            missing=room.missing,
            project=queries.project(file),
            sheets=tuple(r for r in queries.sheet_rows(file) if r.need is None and _goes_along(r)),
        )


def _goes_along(row: SheetRow) -> bool:
    form = formats.sheets().get(row.sheet)
    return form is not None and form.carried and row.item in {i.value for i in form.items}


def _voices(one: Need, board: Board) -> dict[str, int]:
    people: defaultdict[str, set[str]] = defaultdict(set)
    for link in one.evidence:
        card = board.cards[link.card]
        people[card.role].add(card.participant or f"card {card.id}")
    counts = {role: len(who) for role, who in sorted(people.items())}
    return {role: counts[role] for role in counts if role in few.told_apart(counts)}


def create(
    path: Path,
    luggage: Luggage,
    *,
    needs: Collection[int],
    parked: Collection[CarriedCard] = (),
    with_goals: bool = True,
    program: str = "workshop",
    **cover: Any,
) -> SessionFile:
    """A new session that builds on an earlier one; `needs` are numbers there. On a refusal no file is left."""
    file = session.create(path, program=program, **cover)
    try:
        do(
            file,
            bring,
            by="program",
            luggage=luggage,
            needs=sorted(needs),
            parked=parked,
            with_goals=with_goals,
        )
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return file


@action(N_("Build on an earlier workshop"), undoable=False)
def bring(
    tx: Transaction,
    *,
    luggage: Luggage,
    needs: Collection[int],
    parked: Collection[CarriedCard] = (),
    with_goals: bool = True,
) -> list[int]:
    """Takes needs in with their lineage: their cards stay where they were and are a reference here. Returns the ids."""
    known = {n.number: n for n in luggage.needs}
    for number in needs:
        if number not in known:
            raise Refused(UNKNOWN_NEED, number=number, title=luggage.title)
    before = luggage.project
    project.follow(tx, before=before, file_id=luggage.file_id, title=luggage.title)
    links: dict[int, int] = {}
    for goal in luggage.goals if with_goals else ():
        links[goal.id] = goals.add_goals(tx, titles=[goal.title], source=goal.source)[0]
    for card in parked:
        tx.insert("carried_card", vars(card))
    for row in luggage.sheets:
        sheet.write(tx, sheet=row.sheet, item=row.item, fields=row.fields)
    return [_take_in(tx, luggage, known[number], links) for number in sorted(needs)]


def _take_in(tx: Transaction, luggage: Luggage, one: Need, links: Mapping[int, int]) -> int:
    made = need.new_need(tx, title=one.title)
    status = "decided" if one.status == "decided" else "draft"
    row = {name: one.fields[name] for name in FIELDS}
    tx.update("need", made, {**row, "no_goal": int(one.no_goal), "status": status})
    stakeholders = [
        {"group": s.group, "relation": s.relation, "consulted": s.consulted} for s in one.stakeholders
    ]
    need.set_stakeholders(tx, need=made, stakeholders=stakeholders)
    goals.set_goals(tx, need=made, goals=[links[g] for g in one.goals if g in links])
    for kept in one.waivers:
        need.waive(tx, need=made, rule=kept.rule, field=kept.field, reason=kept.reason)
    for before in one.carried:
        _refer(tx, made, vars(before))
    here = {"file_id": luggage.file_id, "title": luggage.title, "date": luggage.date, "number": one.number}
    counts = {"cards": len(one.evidence), "voices": luggage.voices.get(one.id, {})}
    _refer(tx, made, {**here, "version": one.version, **counts})
    return made


def _refer(tx: Transaction, made: int, reference: Mapping[str, Any]) -> None:
    voices = json.dumps(reference["voices"], ensure_ascii=False)
    tx.insert("carried", {**reference, "voices": voices, "need_id": made})


@action(N_("What has happened since"))
def note_happened(tx: Transaction, *, need: int, status: str, note: str = "", date: str = "") -> None:
    """Writes what has become of a need: done, moved, stopped or not yet. Done and stopped close it; else it is open."""
    row = tx.row("need", need)
    if row is None:
        raise Refused(NO_NEED)
    if status not in HAPPENED:
        raise Refused(UNKNOWN_NEWS, value=status, known=", ".join(HAPPENED))
    news = {"status": status, "note": clean(note).strip()[:NOTE], "date": clean(date).strip()[:DATE]}
    tx.insert("happened", {"need_id": need, **news, "at": tx.now})
    closed = status in ("done", "stopped")
    if closed and row["status"] != "closed":
        tx.update("need", need, {"status": "closed"})
    elif not closed and row["status"] == "closed":
        tx.update("need", need, {"status": "draft"})
