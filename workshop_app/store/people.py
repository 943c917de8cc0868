"""Reads who is here, where the session stands and what came in: rows go in, frozen values come out."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workshop_app import formats
from workshop_app.formats import Format, FormatTrouble
from workshop_app.model.blackout import SIGN
from workshop_app.model.session import (
    Answer,
    Contact,
    Crowd,
    JournalLine,
    Participant,
    PhoneCards,
    QuestionVersion,
    RoleCount,
    Room,
    Session,
    StepFlow,
    StepState,
)
from workshop_app.model.trouble import DamagedFile, Refused
from workshop_app.store import check
from workshop_app.store.one_person import HEADS, SELVES, whose
from workshop_app.store.session_file import SessionFile

LATEST = 12
_ANSWERS = (
    f"SELECT {whose('answer.participant')} AS participant, answer.*,"
    " participant.role, withdrawal.id AS withdrawn, new.receipt AS replaced_by FROM answer"
    f" LEFT JOIN participant ON participant.id = {whose('answer.participant')}"
    " LEFT JOIN withdrawal ON withdrawal.answer_id = answer.id"
    " LEFT JOIN answer AS new ON new.id = withdrawal.by_answer_id"
)


def time_of(text: str) -> datetime:
    """A time as the file keeps it, as an aware UTC datetime."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def _maybe_time(text: str | None) -> datetime | None:
    return time_of(text) if text else None


def session(file: SessionFile) -> Session:
    """The cover and the agenda."""
    plain = ("file_id", "format_id", "title", "language", "date", "place", "organisation", "commissioner")
    more = (
        "format_toml",
        "decision_maker",
        "contact_point",
        "mandate",
        "leader_role",
        "recipient",
        "keep_until",
        "token",
        "short_code",
        "port",
        "current_step",
        "version",
    )
    other = ("fictional", "roles", "organisations", "created_at", "settings")
    rows = file.select(f"SELECT {', '.join((*plain, *more, *other))} FROM session")
    if not rows:
        raise DamagedFile(check.NO_SESSION, name=file.path.name)
    row = rows[0]
    newest = file.select("SELECT version, text FROM question_version ORDER BY version DESC LIMIT 1")
    steps = tuple(_step(s) for s in file.select("SELECT * FROM step ORDER BY position"))
    return Session(
        **{name: row[name] for name in (*plain, *more)},
        question=newest[0]["text"] if newest else "",
        question_version=newest[0]["version"] if newest else 1,
        fictional=bool(row["fictional"]),
        steps=steps,
        roles=tuple(json.loads(row["roles"])),
        organisations=tuple(json.loads(row["organisations"])),
        created_at=time_of(row["created_at"]),
        settings=json.loads(row["settings"]),
    )


def format_of(file: SessionFile) -> Format:
    """The format that the session follows."""
    rows = file.select("SELECT format_id, format_toml FROM session")
    if not rows:
        raise DamagedFile(check.NO_SESSION, name=file.path.name)
    name = rows[0]["format_id"]
    try:
        found = formats.held(name, rows[0]["format_toml"])
    except FormatTrouble as trouble:
        why = f"{trouble.where}:{trouble.line}"
        raise DamagedFile(check.BROKEN, name=file.path.name, why=why) from trouble
    if found is None:
        raise Refused(check.NO_FORMAT, name=file.path.name, format=name)
    return found


def _step(row: Any) -> StepState:
    return StepState(
        id=row["id"],
        position=row["position"],
        minutes=row["minutes"],
        state=row["state"],
        started_at=_maybe_time(row["started_at"]),
        ended_at=_maybe_time(row["ended_at"]),
        paused_at=_maybe_time(row["paused_at"]),
        paused_seconds=row["paused_seconds"],
        extra_seconds=row["extra_seconds"],
        round=row["round"],
    )


def questions(file: SessionFile) -> tuple[QuestionVersion, ...]:
    """Every wording of the question, oldest first."""
    rows = file.select("SELECT * FROM question_version ORDER BY version")
    return tuple(QuestionVersion(r["version"], r["text"], time_of(r["created_at"])) for r in rows)


def participants(file: SessionFile) -> tuple[Participant, ...]:
    """Everyone who joined, in order; who joined twice and was united is one."""
    rows = file.select(f"SELECT * FROM participant WHERE {HEADS} ORDER BY joined_at, id")
    return tuple(_person(r) for r in rows)


def participant(file: SessionFile, participant_id: str) -> Participant | None:
    """One participant, or None for a phone that never joined."""
    found = file.select("SELECT * FROM participant WHERE id = ?", participant_id)
    return _person(found[0]) if found else None


def came_back(file: SessionFile, phone: str) -> str:
    """The participant that a phone came back as, "" for one that did not."""
    rows = file.select("SELECT participant FROM come_back WHERE phone = ? ORDER BY id DESC LIMIT 1", phone)
    return str(rows[0]["participant"]) if rows else ""


def united(file: SessionFile) -> Mapping[str, str]:
    """The ids of those who joined anew and were united with who they were: id -> the one they are known by."""
    return {
        r["participant"]: r["same_as"] for r in file.select("SELECT participant, same_as FROM same_person")
    }


def _person(row: Any) -> Participant:
    names = ("id", "role", "organisation", "relation", "language", "source")
    return Participant(**{n: row[n] for n in names}, joined_at=time_of(row["joined_at"]))


def crowd(file: SessionFile) -> Crowd:
    """How many are here, by role, and who is missing."""
    counts = file.select(
        "SELECT count(*) AS people, coalesce(sum(source = 'phone'), 0) AS phones,"
        f" (SELECT count(DISTINCT {whose('mute.participant')}) FROM mute) AS muted FROM participant WHERE {HEADS}"
    )[0]
    # the relation is that of the last one who took the role: a bare column goes with the row of max()
    counted = file.select(
        "SELECT role, count(*) AS people, relation, max(joined_at || id) FROM participant"
        f" WHERE {HEADS} GROUP BY role"
    )
    listed = json.loads(file.select("SELECT roles FROM session")[0]["roles"])
    order = {role: place for place, role in enumerate(listed)}
    roles = sorted(counted, key=lambda r: (order.get(r["role"], len(order)), r["role"]))
    missing = tuple(r["text"] for r in file.select("SELECT text FROM missing_voice ORDER BY id"))
    shown = tuple(RoleCount(r["role"], r["people"], r["relation"]) for r in roles)
    return Crowd(counts["people"], counts["phones"], counts["muted"], shown, missing)


def room(file: SessionFile) -> Room:
    """Who is here, by role, and who is missing."""
    counted = crowd(file)
    return Room(participants(file), counted.roles, counted.missing)


def _answer(row: Any) -> Answer:
    fields = json.loads(row["fields"])
    fields.pop("_makes", None)
    counts = {name: fields.pop(name) for name in [n for n, v in fields.items() if isinstance(v, dict)]}
    return Answer(
        id=row["id"],
        key=row["key"],
        step=row["step"],
        participant=row["participant"] or "",
        role=row["role"] or fields.get("role", ""),
        text=row["text"],
        fields=fields,
        source=row["source"],
        receipt=row["receipt"],
        received_at=time_of(row["received_at"]),
        question_version=row["question_version"],
        withdrawn=row["withdrawn"] is not None,
        replaced_by=row["replaced_by"] or "",
        round=row["round"],
        counts=counts,
    )


def answers(file: SessionFile, step: str | None = None) -> tuple[Answer, ...]:
    """Acknowledged answers in order, of one step or of all."""
    if step is None:
        return tuple(_answer(r) for r in file.select(f"{_ANSWERS} ORDER BY answer.id"))
    return tuple(
        _answer(r) for r in file.select(f"{_ANSWERS} WHERE answer.step = ? ORDER BY answer.id", step)
    )


def receipts(file: SessionFile, participant_id: str) -> tuple[Answer, ...]:
    """A participant's own answers, newest first."""
    sql = f"{_ANSWERS} WHERE answer.participant IN {SELVES} ORDER BY answer.id DESC"
    return tuple(_answer(r) for r in file.select(sql, participant_id, participant_id))


def flow(file: SessionFile, step: str) -> StepFlow:
    """How answers come in at a step, what was withdrawn left out.

    Counted by SQLite itself, for the desk asks again and again while a full room writes.
    """
    came = "FROM answer WHERE step = ? AND id NOT IN (SELECT answer_id FROM withdrawal)"
    who = whose("answer.participant")
    counts = file.select(
        f"SELECT count(*) AS received, count(DISTINCT {who}) AS phones, min(received_at) AS first {came}",
        step,
    )[0]
    started = file.select("SELECT started_at FROM step WHERE id = ?", step)
    start = (started[0]["started_at"] if started else None) or counts["first"]
    minutes = file.select(
        "SELECT max(CAST(round((julianday(received_at) - julianday(?)) * 86400, 3) / 60 AS INTEGER), 0) AS minute,"
        f" count(*) AS n {came} GROUP BY minute",
        start,
        step,
    )
    counted = {r["minute"]: r["n"] for r in minutes}
    latest = file.select(
        f"{_ANSWERS} WHERE answer.step = ? AND withdrawal.id IS NULL ORDER BY answer.id DESC LIMIT ?",
        step,
        LATEST,
    )
    return StepFlow(
        received=counts["received"],
        phones=counts["phones"],
        per_minute=tuple(counted.get(m, 0) for m in range(max(counted, default=-1) + 1)),
        latest=tuple(_answer(r) for r in latest),
    )


def understood(file: SessionFile, version: int | None = None) -> Mapping[str, int]:
    """Last answers to "do you understand the question", for one version of it (None = the newest)."""
    count = Counter(value for value, _source in _told(file, version).elements())
    return {value: count[value] for value in ("yes", "partly", "no")}


def understood_by_source(file: SessionFile, version: int | None = None) -> Mapping[str, int]:
    """The same answers by how they came in."""
    return Counter(source for _value, source in _told(file, version).elements())


def _told(file: SessionFile, version: int | None) -> Counter[tuple[str, str]]:
    """What was answered and from where; of a phone the last answer counts, hands and forms as they were counted."""
    number = version or session(file).question_version
    last: dict[str, tuple[str, str]] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for one in answers(file):
        if one.question_version != number:
            continue
        if "understood" in one.fields:
            last[one.participant or one.key] = (one.fields["understood"], one.source)
        for value, people in one.counts.get("understood", {}).items():
            counted[value, one.source] += people
    counted.update(last.values())
    return counted


def unclear(file: SessionFile, version: int | None = None) -> tuple[str, ...]:
    """What people found unclear in the question, newest first."""
    number = version or session(file).question_version
    told = [
        a.fields["unclear"] for a in answers(file) if a.fields.get("unclear") and a.question_version == number
    ]
    return tuple(reversed(told))


def beneficiaries(file: SessionFile) -> tuple[str, ...]:
    """Whom people work for, commonest first: the pick list of later steps."""
    told = (
        " ".join(str(row["told"]).split())
        for row in file.select(
            "SELECT json_extract(fields, '$.beneficiary') AS told FROM answer WHERE told <> ''"
            " AND id NOT IN (SELECT answer_id FROM withdrawal) ORDER BY id"
        )
    )
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for text in told:
        if text and SIGN not in text:
            spelled[text.casefold()][text] += 1
    order = sorted(spelled.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    return tuple(forms.most_common(1)[0][0] for _key, forms in order)


def journal(file: SessionFile, limit: int = 200) -> tuple[JournalLine, ...]:
    """What was done, newest first."""
    rows = file.select("SELECT * FROM journal_line ORDER BY id DESC LIMIT ?", limit)
    return tuple(JournalLine(time_of(r["at"]), r["who"], r["action"], r["detail"]) for r in rows)


def done(file: SessionFile, step: str) -> frozenset[str]:
    """Participants whose last sign in a step and its present round says "I am done"."""
    rows = file.select(
        f"SELECT {whose('done_sign.participant')} AS participant, value FROM done_sign JOIN step ON step.id = done_sign.step"
        " AND step.round = done_sign.round WHERE done_sign.step = ? ORDER BY done_sign.id",
        step,
    )
    last = {r["participant"]: r["value"] for r in rows}
    return frozenset(who for who, value in last.items() if value)


def phones(file: SessionFile) -> tuple[PhoneCards, ...]:
    """Every phone that has joined, those that sent most cards first: role and number, never who."""
    rows = file.select(
        "SELECT id, role, coalesce(sent.cards, 0) AS cards,"
        f" id IN (SELECT {whose('mute.participant')} FROM mute) AS muted FROM participant LEFT JOIN"
        f" (SELECT {whose('answer.participant')} AS who, count(*) AS cards FROM card"
        " JOIN answer ON answer.id = card.answer_id GROUP BY who) AS sent ON sent.who = participant.id"
        f" WHERE source = 'phone' AND {HEADS} ORDER BY cards DESC, role, id"
    )
    return tuple(PhoneCards(r["id"], r["role"], r["cards"], bool(r["muted"])) for r in rows)


def contact_count(file: SessionFile) -> int:
    """How many want to be part of what follows."""
    return int(file.select("SELECT count(*) FROM contact WHERE follow_up = 1")[0][0])


def listed_names(file: SessionFile) -> tuple[str, ...]:
    """Names of those who asked to be listed."""
    rows = file.select("SELECT DISTINCT name FROM contact WHERE list_me = 1 AND name <> '' ORDER BY name")
    return tuple(r["name"] for r in rows)


def follow_up(file: SessionFile) -> tuple[Contact, ...]:
    """Those who asked to be part of what follows and said who they are or how they are reached, by name."""
    rows = file.select(
        "SELECT DISTINCT name, contact FROM contact WHERE follow_up = 1 AND name || contact <> ''"
    )
    return tuple(
        sorted((Contact(r["name"], r["contact"]) for r in rows), key=lambda p: (p.name.casefold(), p.contact))
    )
