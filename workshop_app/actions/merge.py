"""Several sessions become one: several laptops in a large room, or several municipalities that asked the same.

Nothing is lost and nothing counted twice: every row comes along under a new number, and `origin` keeps the file and the number
that an answer, a card and a need had. Receipts and one-time keys stay as they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from workshop_app import invite
from workshop_app.actions import session
from workshop_app.actions.action import action, do
from workshop_app.actions.need import need_row
from workshop_app.formats import Format
from workshop_app.i18n import N_
from workshop_app.model import phases, statement
from workshop_app.model.trouble import Refused
from workshop_app.store import archive, check, queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

TOO_FEW = N_("Give at least two workshops to join.")
TWICE = N_("{name} and {other} are the same workshop. Give each of them once.")
OTHER_FORMAT = N_(
    "{name} follows the format “{format}” and {other} follows “{other_format}”. They cannot be joined."
)
OTHER_WORDING = N_(
    "{name} and {other} follow different versions of the format “{format}”. They cannot be joined."
)
OTHER_LANGUAGE = N_(
    "{name} is in the language “{code}” and {other} in “{other_code}”. They cannot be joined."
)
NOT_WHOLE = N_("{name} is not whole: `workshop check` tells what is wrong. Nothing was joined.")
SAME_ORGANISATION = N_("A need cannot be the same as itself.")

# numbers of rows that the tables do not declare as such
UNDECLARED = {"heap": {"founder": "card"}, "phone_turn": {"answer": "answer"}}
COUNTED = {"theme": "number", "need": "number"}  # numbers that people call them by, never used twice
BY_NAME = ("session", "step", "participant")  # their ids are no numbers
MADE_APART = ("session", "step", "question_version", "missing_voice", "goal", "origin", "project")
PER = {"card": "card", "need": "need", "group": "heap"}  # what a field of phones is asked for -> its table
JOINED = ("commissioner", "decision_maker", "contact_point", "mandate", "leader_role", "recipient", "place")
KEPT_SETTINGS = ("owner", "kept_where", "next_date", phases.SETTING)


@dataclass(frozen=True)
class Part:
    """One of the sessions to join: its name and everything in it."""

    name: str
    tables: Mapping[str, list[dict[str, Any]]]
    links: Mapping[str, Mapping[str, str]]  # table -> column -> the table it leads to

    @property
    def session(self) -> dict[str, Any]:
        """Its cover."""
        return self.tables["session"][0]

    @property
    def organisation(self) -> str:
        """Whose it is: the host, or its title where no host is given."""
        return self.session["organisation"] or self.session["title"]


@dataclass(frozen=True)
class Twin:
    """Two needs of different organisations that possibly say the same; likeness 0..1."""

    need: int
    other: int
    likeness: float


def read(paths: Sequence[Path]) -> list[Part]:
    """The sessions to join; Refused says in a sentence why some of them cannot be."""
    if len(paths) < 2:
        raise Refused(TOO_FEW)
    parts: list[Part] = []
    for path in paths:
        with SessionFile.read(path) as file:
            part = Part(path.name, archive.dump(file), archive.links(file))
        if any(one.fatal for one in check.findings(path)):
            raise Refused(NOT_WHOLE, name=path.name)
        _fits(part, parts)
        parts.append(part)
    return parts


def _fits(part: Part, others: Sequence[Part]) -> None:
    now = part.session
    held = {now["file_id"], *(row["file_id"] for row in part.tables["origin"])}
    for other in others:
        then = other.session
        if held & {then["file_id"], *(row["file_id"] for row in other.tables["origin"])}:
            raise Refused(TWICE, name=part.name, other=other.name)
        if now["format_id"] != then["format_id"]:
            formats = {"format": now["format_id"], "other_format": then["format_id"]}
            raise Refused(OTHER_FORMAT, name=part.name, other=other.name, **formats)
        if now["format_toml"] != then["format_toml"]:
            raise Refused(OTHER_WORDING, name=part.name, other=other.name, format=now["format_id"])
        if now["language"] != then["language"]:
            codes = {"code": now["language"], "other_code": then["language"]}
            raise Refused(OTHER_LANGUAGE, name=part.name, other=other.name, **codes)


def merge(paths: Sequence[Path], target: Path, title: str = "", program: str = "workshop") -> SessionFile:
    """Makes one session of several; the parts are only read. On any refusal no file is left."""
    parts = read(paths)
    file = SessionFile.create(target, program)
    try:
        do(file, join, by="program", parts=parts, title=title)
    except BaseException:
        file.close()
        target.unlink(missing_ok=True)
        raise
    return file


@action(N_("Join workshops"), undoable=False)
def join(tx: Transaction, *, parts: Sequence[Part], title: str = "") -> None:
    """Fills an empty file with all that several sessions hold."""
    _cover(tx, parts, title)
    known = _Known(session.format_of(parts[0].session))
    for number, part in enumerate(parts, 1):
        _take_in(tx, part, number, known)


def _cover(tx: Transaction, parts: Sequence[Part], title: str) -> None:
    covers = [p.session for p in parts]
    organisations = _distinct(
        [name for c in covers for name in (c["organisation"], *c["organisations"]) if name]
    )
    until = [c["keep_until"] for c in covers if c["keep_until"]]
    settings = {
        key: "; ".join(_distinct([c["settings"].get(key, "") for c in covers])) for key in KEPT_SETTINGS
    }
    archive.put(
        tx,
        "session",
        {
            **covers[0],
            "file_id": uuid4().hex,
            "token": invite.new_token(),
            "short_code": invite.new_short_code(),
            "port": 0,
            "version": 1,
            "created_at": tx.now,
            "title": title.strip() or " + ".join(_distinct([c["title"] for c in covers])),
            "fictional": max(c["fictional"] for c in covers),
            "keep_until": min(until, default=""),
            "roles": _distinct([r for c in covers for r in c["roles"]]),
            "organisations": organisations,
            "settings": {key: text for key, text in settings.items() if text},
            **{name: "; ".join(_distinct([c[name] for c in covers])) for name in JOINED},
        },
    )
    rounds = {s["id"]: max(t["round"] for p in parts for t in p.tables["step"] if t["id"] == s["id"])
              for s in parts[0].tables["step"]}  # fmt: skip
    for step in parts[0].tables["step"]:
        archive.put(tx, "step", {**step, "round": rounds[step["id"]]})
    for row in [row for p in parts for row in p.tables["project"]][:1]:
        archive.put(tx, "project", row)
    for text in _distinct([m["text"] for p in parts for m in p.tables["missing_voice"]]):
        tx.insert("missing_voice", {"text": text})


def _distinct(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(t for t in texts if t))


@dataclass
class _Known:
    """What the parts taken in so far have used up."""

    format: Format
    people: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    receipts: set[str] = field(default_factory=set)
    goals: dict[tuple[str, str], int] = field(default_factory=dict)
    wordings: dict[str, int] = field(default_factory=dict)

    def per(self, name: str) -> str:
        """What a field of phones is given for: "card", "need" or ""."""
        return next((f.per for s in self.format.steps for f in s.fields if f.name == name), "")

    def names_goals(self, name: str) -> bool:
        """Whether the answers of a field are numbers of goals."""
        return any(f.name == name and f.source == "goals" for s in self.format.steps for f in s.fields)


class _Numbers:
    """Old numbers of one part -> new ones."""

    def __init__(self, tx: Transaction, part: Part, known: _Known) -> None:
        self.known = known
        self.links = {table: {**to, **UNDECLARED.get(table, {})} for table, to in part.links.items()}
        numbered = [t for t in archive.carried() if t not in BY_NAME and "id" in tx.columns(t)]
        self.offset = {table: tx.largest(table, "id") for table in numbered}
        self.counted = {table: tx.largest(table, column) for table, column in COUNTED.items()}
        self.loose_letter = tx.largest("heap", "letter", theme_id=None)
        self.goal = {g["id"]: self._goal(tx, g) for g in part.tables["goal"]}
        known.goals.update({(g["source"], g["title"]): self.goal[g["id"]] for g in part.tables["goal"]})
        self.wording = {q["version"]: self._wording(tx, q) for q in part.tables["question_version"]}
        self.people = {p["id"]: self._person(p["id"]) for p in part.tables["participant"]}
        self.receipt: dict[str, str] = {}

    def _goal(self, tx: Transaction, goal: Mapping[str, Any]) -> int:
        same = self.known.goals.get((goal["source"], goal["title"]))
        return same or tx.insert("goal", {"source": goal["source"], "title": goal["title"]})

    def _wording(self, tx: Transaction, one: Mapping[str, Any]) -> int:
        texts = self.known.wordings
        if one["text"] not in texts:
            texts[one["text"]] = len(texts) + 1
            tx.insert("question_version", {**one, "version": texts[one["text"]]})
        return texts[one["text"]]

    def _person(self, old: str) -> str:
        new = old if old not in self.known.people else uuid4().hex
        self.known.people.add(new)
        return new

    def of(self, table: str, old: Any) -> Any:
        """The new number of a row; None stays None."""
        if old is None:
            return None
        if table == "participant":
            return self.people[old]
        if table == "goal":
            return self.goal[old]
        return old + self.offset[table] if table in self.offset else old


def _take_in(tx: Transaction, part: Part, number: int, known: _Known) -> None:
    new = _Numbers(tx, part, known)
    for row in part.tables["answer"]:
        new.receipt[row["receipt"]] = _unused(row["receipt"], known.receipts, "-", number)
    for table in archive.carried():
        if table not in MADE_APART:
            for row in part.tables[table]:
                archive.join(tx, table, _moved(table, row, new, number))
    before = {(o["kind"], o["row_id"]): o for o in part.tables["origin"]}
    here = {"file_id": part.session["file_id"], "organisation": part.organisation}
    for kind in ("answer", "card", "need"):
        for row in part.tables[kind]:
            was = before.get(
                (kind, row["id"]), {**here, "kind": kind, "number": row.get("number", row["id"])}
            )
            tx.insert("origin", {**was, "row_id": new.of(kind, row["id"])})


def _unused(text: str, used: set[str], sign: str, number: int) -> str:
    made = text
    while made in used:
        made, number = f"{text}{sign}{number}", number + 1
    used.add(made)
    return made


def _moved(table: str, row: Mapping[str, Any], new: _Numbers, number: int) -> dict[str, Any]:
    """A row under the numbers of the joined file."""
    out = {**row, **{c: new.of(to, row[c]) for c, to in new.links[table].items()}}
    if "id" in row:
        out["id"] = new.of(table, row["id"])
    if table in COUNTED:
        out[COUNTED[table]] = row[COUNTED[table]] + new.counted[table]
    if table == "heap" and row["theme_id"] is None:
        out["letter"] = row["letter"] + new.loose_letter
    if row.get("participant"):
        out["participant"] = new.people[row["participant"]]
    if table == "answer":
        out["key"] = _unused(row["key"], new.known.keys, "+", number)
        out["receipt"] = new.receipt[row["receipt"]]
        out["question_version"] = new.wording.get(row["question_version"], 1)
        out["fields"] = dict(_renamed(row["fields"], new))
    return out


def _renamed(fields: Mapping[str, Any], new: _Numbers) -> list[tuple[str, Any]]:
    """An answer's fields with the cards, needs and goals they are about under their new numbers."""
    out = []
    for name, value in fields.items():
        base, sign, item = name.partition("@")
        if sign and item.isdecimal():
            name = f"{base}@{new.of(PER.get(new.known.per(base), 'need'), int(item))}"
        if name == "about":
            value = new.receipt.get(value, value)
        elif new.known.names_goals(base) and isinstance(value, str):
            value = " ".join(str(new.goal.get(int(g), g)) if g.isdecimal() else g for g in value.split())
        out.append((name, value))
    return out


# The same need in several organisations ---------------------------------------------


def twins(file: SessionFile) -> list[Twin]:
    """Needs of different organisations whose sentences are alike and that are not marked yet, most alike first."""
    from workshop_app import clustering

    needs = [n for n in queries.needs(file) if n.origin[0]]
    code = queries.session(file).language
    texts = [f"{n.title}. {statement.statement(n.fields, code)}" for n in needs]
    found = []
    for a, b, likeness in clustering.alike(texts) if len({n.origin[0] for n in needs}) > 1 else ():
        one, other = needs[a], needs[b]
        if one.origin[0] != other.origin[0] and not (one.shared and one.shared == other.shared):
            found.append(Twin(one.id, other.id, likeness))
    return found


@action(N_("The same need"))
def mark_same(tx: Transaction, *, need: int, other: int, same: bool = True) -> None:
    """Marks two needs as the same in their organisations, or takes the mark back. Both keep their words and their cards."""
    low, high = sorted((need, other))
    if low == high:
        raise Refused(SAME_ORGANISATION)
    for one in (low, high):
        need_row(tx, one)
    tx.delete("same_need", need_id=low, other_id=high)
    if same:
        tx.insert("same_need", {"need_id": low, "other_id": high})
