"""The needs library: needs from many sessions in one file of the reader's own, without names, to find, mail and build on."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from workshop_app import resources
from workshop_app.actions import transfer
from workshop_app.actions.action import action
from workshop_app.actions.fields import clean
from workshop_app.actions.need import new_need, set_fields
from workshop_app.i18n import N_, language
from workshop_app.model import lint, rating, statement
from workshop_app.model.need import FIELDS, HAPPENED, Need
from workshop_app.model.session import Session
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

KIND, SCHEMA = "behovsverkstad-library", 1
NOT_LIBRARY = N_("{name} is no needs library: its part “{part}” cannot be read. Nothing was added.")
TOO_MANY = N_("{name} holds more than {limit} needs. Nothing was added.")
NO_ENTRY = N_("The library has no need with the id {id}.")
NO_NEED = N_("{name} has no need {number}.")
PERSON = N_(
    "Need {number} can point out a person. Reword it before it goes to the library; nothing was added."
)
SOURCE = N_("From the needs library: need {n}, {date}, file {id}.")
MOST = 20_000
SAME = 0.8  # share of words
# What goes to the library: no owner, no receiver, no notes, no dates; those belong to one organisation.
TEXTS = (
    *("title", "who", "function", "situation", "effect", "requirement", "requirement_check", "measure"),
    *("unit", "market_status", "route", "route_kind"),
)
PLAIN = ("id", "language", "outcome", "status", "file_id", "date")


@dataclass(frozen=True)
class Entry:
    """A need in the library. `fields` has TEXTS; `voices` are cards word for word, kept only when asked for."""

    id: str
    language: str
    fields: Mapping[str, str]
    status: str
    outcome: str  # of HAPPENED, or ""
    file_id: str
    number: int
    date: str
    goals: tuple[str, ...] = ()
    voices: tuple[str, ...] = field(default=())

    @property
    def sentence(self) -> str:
        """The need as one sentence in its language."""
        return statement.statement({**dict.fromkeys(FIELDS, ""), **self.fields}, self.language)


def place() -> Path:
    """Where the library lies: one JSON file in the program's own folder."""
    return resources.home() / "library.json"


def entries(path: Path | None = None) -> tuple[Entry, ...]:
    """All needs of a library (one's own if no file is given); an own library that is not there yet is empty."""
    source = path or place()
    if path is None and not source.exists():
        return ()
    data = transfer.read_any_json(source)
    if not isinstance(data, dict) or data.get("kind") != KIND or not isinstance(data.get("needs"), list):
        raise Refused(NOT_LIBRARY, name=source.name, part="needs")
    if not isinstance(data.get("schema"), int) or data["schema"] > SCHEMA:
        raise Refused(transfer.NEWER, name=source.name)
    if len(data["needs"]) > MOST:
        raise Refused(TOO_MANY, name=source.name, limit=MOST)
    return tuple(_entry(row, n, source.name) for n, row in enumerate(data["needs"], 1))


def _entry(row: Any, number: int, name: str) -> Entry:
    """One need of a library file, every text cleaned and no longer than it may be; what is not known is left out."""
    if not isinstance(row, dict):
        raise Refused(NOT_LIBRARY, name=name, part=f"needs[{number}]")
    fields: dict[str, Any] = row["fields"] if isinstance(row.get("fields"), dict) else {"title": None}
    lists: dict[str, Any] = {key: row.get(key, []) for key in ("goals", "voices")}
    sound = all(isinstance(t, str) for t in (*(row.get(k) for k in PLAIN), *fields.values()))
    sound = sound and isinstance(row.get("number"), int)
    for value in lists.values():
        sound = sound and isinstance(value, list) and all(isinstance(t, str) for t in value)
    if not sound:
        raise Refused(NOT_LIBRARY, name=name, part=f"needs[{number}]")
    kept = {key: clean(fields.get(key, "")).strip()[: FIELDS[key]] for key in TEXTS}
    kept["route"] = kept["route"] if kept["route"] in rating.ROUTES else ""
    plain = {key: clean(row[key])[:60] for key in PLAIN}
    return Entry(
        id=plain["id"],
        language=plain["language"] if plain["language"] in ("sv", "en") else "sv",
        fields=kept,
        status=plain["status"],
        outcome=plain["outcome"] if plain["outcome"] in HAPPENED else "",
        file_id=plain["file_id"],
        number=row["number"],
        date=plain["date"],
        goals=tuple(clean(t)[:400] for t in lists["goals"][:200]),
        voices=tuple(clean(t)[:400] for t in lists["voices"][:200]),
    )


def _write(found: Sequence[Entry], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    needs = [{**vars(e), "fields": dict(e.fields)} for e in found]
    transfer.write_json({"kind": KIND, "schema": SCHEMA, "needs": needs}, path)


def add(path: Path, numbers: Collection[int] = (), *, with_cards: bool = False) -> list[Entry]:
    """Puts needs of a session in the library, all with a sentence if no numbers are given; an older wording is replaced."""
    with SessionFile.read(path) as file:
        now, needs = queries.session(file), {n.number: n for n in queries.needs(file)}
        goals = {g.id: f"{g.source}: {g.title}" if g.source else g.title for g in queries.goals(file)}
    for number in numbers:
        if number not in needs:
            raise Refused(NO_NEED, name=path.name, number=number)
    wanted = numbers or [n for n, one in needs.items() if not statement.missing(one.fields)]
    made = []
    for number in sorted(wanted):
        one = needs[number]
        if _points_out(one, now.language):
            raise Refused(PERSON, number=number)
        made.append(
            Entry(
                id=sha256(f"{now.file_id}:{number}".encode()).hexdigest()[:10],
                language=now.language,
                fields={k: one.fields[k] for k in TEXTS},
                status=one.status,
                outcome=one.happened[-1].status if one.happened else "",
                file_id=now.file_id,
                number=number,
                date=now.date,
                goals=tuple(goals[g] for g in one.goals),
                voices=tuple(e.text for e in one.evidence) if with_cards else (),
            )
        )
    _keep(made)
    return made


def _points_out(one: Need, code: str) -> bool:
    return any(found.rule == "N15" for found in lint.lint_need(one.lint_fields(), code))


def _keep(new: Sequence[Entry]) -> int:
    """Adds entries to one's own library; returns how many were not there."""
    known = {e.id: e for e in entries()}
    fresh = sum(e.id not in known for e in new)
    _write(list((known | {e.id: e for e in new}).values()), place())
    return fresh


def export(target: Path, ids: Collection[str] = ()) -> int:
    """Writes the library, or some of it, as one file to mail; returns how many needs."""
    found = [entry(one) for one in ids] if ids else list(entries())
    _write(found, target)
    return len(found)


def take_in(source: Path) -> int:
    """Adds somebody else's library to one's own; returns how many needs are new. Refused when a part cannot be read."""
    return _keep(entries(source))


def entry(wanted: str) -> Entry:
    """The need of this id; Refused if there is none."""
    for one in entries():
        if one.id == wanted:
            return one
    raise Refused(NO_ENTRY, id=wanted)


def find(words: str, found: Sequence[Entry] | None = None) -> list[tuple[Entry, float]]:
    """Needs that have the words, in any form of them, most of them first; all needs when there are no words."""
    known = list(entries() if found is None else found)
    if not words.strip() or not known:
        return [(e, 0.0) for e in known]
    texts = [
        f"{e.fields['title']}. {e.sentence} {e.fields['requirement']} {' '.join(e.goals)}" for e in known
    ]
    scores = [_shared(words, text, e.language) for e, text in zip(known, texts, strict=True)]
    ranked = sorted(zip(known, scores, strict=True), key=lambda pair: -pair[1])
    return [(e, score) for e, score in ranked if score > 0]


def _shared(words: str, text: str, code: str) -> float:
    """The share of the words that a text has, in any ending or as a part of a compound."""
    from workshop_app.clustering import words as forms

    asked = {forms.stem(w, code) for w in forms.words_of(words)} - forms.stop_words(code)
    there = {forms.stem(w, code) for w in forms.words_of(text)}
    hits = sum(any(a == t or (len(a) > 3 and a in t) for t in there) for a in asked)
    return hits / len(asked) if asked else 0.0


def same(need: Need, session: Session, found: Sequence[Entry] | None = None) -> list[Entry]:
    """The same need in other workshops: the one it was taken from, or one that says the same; not its own earlier ones.

    Two say the same when nearly all words of who and ability are in both, in any form of them.
    """
    own = {session.file_id, *(one.file_id for one in need.carried)}
    others = (one for one in (entries() if found is None else found) if one.file_id not in own)
    note = need.fields["evidence_note"]
    return [one for one in others if _short_id(one.file_id) in note or _alike(need, session.language, one)]


def _alike(need: Need, code: str, other: Entry) -> bool:
    mine, theirs = (" ".join((f["who"], f["function"])) for f in (need.fields, other.fields))
    if other.language != code or not need.fields["function"] or not other.fields["function"]:
        return False
    return min(_shared(mine, theirs, code), _shared(theirs, mine, code)) >= SAME


def _short_id(file_id: str) -> str:
    short = file_id.replace("-", "").upper()[:8]
    return f"{short[:4]}-{short[4:]}"


@action(N_("Take a need from the library"))
def take(tx: Transaction, *, entry: Entry) -> int:
    """A new need with the words of a library need; where it came from stands in its note on the evidence. Returns its id."""
    code = (tx.row("session", 1) or {"language": "sv"})["language"]
    note = language(code)(SOURCE).format(n=entry.number, date=entry.date or "–", id=_short_id(entry.file_id))
    made = new_need(tx, title=entry.fields["title"])
    texts = {
        k: v for k, v in entry.fields.items() if k not in ("title", "route", "route_kind", "market_status")
    }
    set_fields(tx, need=made, evidence_note=note, **texts)
    return made


def told(found: Sequence[tuple[Entry, float]]) -> list[dict[str, Any]]:
    """Entries for a terminal or JSON."""
    return [
        json.loads(json.dumps({**vars(e), "sentence": e.sentence, "score": round(s, 2)})) for e, s in found
    ]
