"""The short form of a session, as samples and open editions write it: looked through part by part, then built up again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from workshop_app import invite
from workshop_app.actions import goals, group, need, session
from workshop_app.actions.action import action
from workshop_app.actions.ask import clean
from workshop_app.actions.short_dialogue import ShortDialogue, import_dialogue, read_dialogue
from workshop_app.i18n import N_
from workshop_app.model import lint, rating
from workshop_app.model.need import FIELDS, MARKET_STATUSES
from workshop_app.model.trouble import Refused, Word
from workshop_app.store.writer import Transaction

LONGEST_TEXT = 20_000

NOT_SESSION = N_("{name} is not a session: it has no “{part}”. Nothing was imported.")
BAD_PART = N_("In {place}, “{part}” should be {wanted}. Nothing was imported.")
UNKNOWN_ID = N_(
    "Need {place} points at the challenge “{id}”, which is not in the file. Nothing was imported."
)
TWICE = N_("The id “{id}” is used twice. Nothing was imported.")
A_TEXT, A_LIST, AN_OBJECT, A_VOTE = N_("a text"), N_("a list"), N_("an object"), N_("a number from 1 to 5")


@dataclass(frozen=True)
class Short:
    """A session in the short form of the samples, looked through: lists are lists, texts are texts, links lead somewhere."""

    cover: Mapping[str, Any]
    participants: Sequence[Mapping[str, str]]
    missing: Sequence[str]
    themes: Sequence[str]
    challenges: Sequence[Mapping[str, Any]]
    needs: Sequence[Mapping[str, Any]]
    agendas: Sequence[tuple[str, Sequence[str]]]
    dialogue: ShortDialogue
    extra: Mapping[str, Any] = field(default_factory=dict)


_KNOWN = {
    "schema", "kind", "fictional", "title", "date", "place", "language", "format", "format_toml", "question", "organisations",
    "participants", "missing_stakeholders", "themes", "challenges", "needs", "agendas", "qa_log", "dialogue",
}  # fmt: skip


def read_short(data: Mapping[str, Any], name: str) -> Short:
    """Checks the short form part by part; everything it does not know is kept as `extra`."""
    for part in ("title", "challenges"):
        if part not in data:
            raise Refused(NOT_SESSION, name=name, part=part)
    look = _Look(name)
    challenges = [look.object(c, "challenges", n) for n, c in enumerate(look.items(data, "challenges"), 1)]
    ids: set[str] = set()
    for one in challenges:
        look.text(one, "text", needed=True)
        look.text(one, "theme")
        known = look.text(one, "id", needed=True)
        if known in ids:
            raise Refused(TWICE, id=known)
        ids.add(known)
    needs = [look.object(n, "needs", i) for i, n in enumerate(look.items(data, "needs"), 1)]
    for number, one in enumerate(needs, 1):
        look.place = f"needs {number}"
        _look_at_need(look, one, number, ids)
    told = read_dialogue(look, data)
    look.place = name
    return Short(
        cover={
            "format_id": look.text(data, "format") or "needs_identification",
            "format_toml": look.text(data, "format_toml"),
            "title": look.text(data, "title", needed=True),
            "language": look.text(data, "language") or "sv",
            "question": look.text(data, "question"),
            "date": look.text(data, "date"),
            "place": look.text(data, "place"),
            "organisations": look.texts(data, "organisations"),
            "fictional": bool(data.get("fictional")),
        },
        participants=[
            {k: look.text(p, k) for k in ("role", "organisation", "relation")}
            for p in (
                look.object(p, "participants", n) for n, p in enumerate(look.items(data, "participants"), 1)
            )
        ],
        missing=look.texts(data, "missing_stakeholders"),
        themes=look.texts(data, "themes"),
        challenges=challenges,
        needs=needs,
        agendas=[
            (look.text(a, "name"), look.texts(a, "goals"))
            for a in (look.object(a, "agendas", n) for n, a in enumerate(look.items(data, "agendas"), 1))
        ],
        dialogue=told,
        extra={k: v for k, v in data.items() if k not in _KNOWN}
        | ({"dialogue": told.rest} if told.rest else {}),
    )


def _look_at_need(look: "_Look", one: Mapping[str, Any], number: int, ids: set[str]) -> None:
    look.text(one, "title", needed=True)
    for name in FIELDS:
        look.text(one, name)
    for found in look.items(one, "evidence"):
        card = found.get("id") if isinstance(found, dict) else found
        if not isinstance(card, str) or card not in ids:
            raise Refused(UNKNOWN_ID, place=str(number), id=str(card)[:40])
    for criterion, value in look.part(one, "priority").items():
        if criterion in rating.CRITERIA and not (isinstance(value, int | float) and 1 <= value <= 5):
            raise Refused(BAD_PART, place=look.place, part=f"priority {criterion}", wanted=Word(A_VOTE))
    for group_ in look.items(one, "stakeholders"):
        if not isinstance(group_, str):
            described = look.object(group_, "stakeholders", number)
            for name in ("group", "relation", "consulted"):
                look.text(described, name)
    look.texts(one, "agenda_links")
    for part in ("function_requirement", "market"):
        inner = look.part(one, part)
        for name in inner:
            look.text(inner, name)


class _Look:
    """Asks for parts of foreign data and says where one is not as it should be."""

    def __init__(self, place: str) -> None:
        self.place = place

    def items(self, data: Mapping[str, Any], part: str) -> list[Any]:
        value = data.get(part, [])
        if not isinstance(value, list):
            raise Refused(BAD_PART, place=self.place, part=part, wanted=Word(A_LIST))
        return value

    def texts(self, data: Mapping[str, Any], part: str) -> list[str]:
        for value in self.items(data, part):
            if not isinstance(value, str):
                raise Refused(BAD_PART, place=self.place, part=part, wanted=Word(A_TEXT))
        return [clean(v).strip() for v in self.items(data, part)]

    def object(self, value: Any, part: str, number: int) -> Mapping[str, Any]:
        self.place = f"{part} {number}"
        if not isinstance(value, dict):
            raise Refused(BAD_PART, place=self.place, part=part, wanted=Word(AN_OBJECT))
        return value

    def part(self, data: Mapping[str, Any], part: str) -> Mapping[str, Any]:
        value = data.get(part, {})
        if not isinstance(value, dict):
            raise Refused(BAD_PART, place=self.place, part=part, wanted=Word(AN_OBJECT))
        return value

    def text(self, data: Mapping[str, Any], part: str, needed: bool = False) -> str:
        value = data.get(part)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or (needed and not clean(value).strip()):
            raise Refused(BAD_PART, place=self.place, part=part, wanted=Word(A_TEXT))
        return clean(value).strip()


@action(N_("Import a session"), undoable=False)
def import_short(tx: Transaction, *, short: Short) -> None:
    """Fills an empty file from the short form: challenges become cards, themes and needs are built from the links."""
    roles = [p["role"] for p in short.participants if p["role"]]
    session.new_session(tx, **short.cover, roles=roles, missing=short.missing, extra=dict(short.extra))
    people: dict[str, list[str]] = {}
    for one in short.participants:
        number = uuid4().hex
        row = {
            "id": number,
            **one,
            "language": short.cover["language"],
            "source": "import",
            "joined_at": tx.now,
        }
        tx.insert("participant", row)
        people.setdefault(one["role"], []).append(number)
    cover = tx.row("session", 1) or {}
    file_id = cover["file_id"]
    step = next((s.id for s in session.format_of(cover).steps if s.makes == "card"), "")
    cards = {
        c["id"]: _import_card(tx, number, c, step, people, file_id)
        for number, c in enumerate(short.challenges, 1)
    }
    _import_groups(tx, short, cards)
    links = {}
    for name, titles in short.agendas:
        for title, goal in zip(titles, goals.add_goals(tx, titles=titles, source=name), strict=True):
            links[f"{name}: {title}"] = goal
    needs = {str(wanted.get("id", "")): _import_need(tx, wanted, cards, links) for wanted in short.needs}
    import_dialogue(tx, short=short.dialogue, people=short.participants, needs=needs)


def _import_card(
    tx: Transaction,
    number: int,
    given: Mapping[str, Any],
    step: str,
    people: dict[str, list[str]],
    file_id: str,
) -> int:
    role = given.get("by_role", "") if isinstance(given.get("by_role", ""), str) else ""
    sharing = people.get(role, [])
    # spread a role's cards over those who share it; a role nobody has is kept with the card itself
    who = sharing[number % len(sharing)] if sharing else None
    text = clean(given["text"])
    fields = {"text": text, "_makes": "card", **({} if who or not role else {"role": role})}
    answer = tx.insert(
        "answer",
        {
            "key": f"import-{uuid4().hex}",
            "step": step,
            "participant": who,
            "text": text,
            "fields": json.dumps(fields, ensure_ascii=False, sort_keys=True),
            "source": "import",
            "receipt": invite.receipt_code(number, file_id),
            "received_at": tx.now,
        },
    )
    gold = {k: v for k, v in given.items() if k not in ("text", "by_role")}
    row = {"answer_id": answer, "text": text, "gold": json.dumps(gold, ensure_ascii=False, sort_keys=True)}
    return tx.insert("card", row)


@dataclass(frozen=True)
class Arrangement:
    """How the short form groups its challenges: themes of heaps of challenge ids, and what is left over for the parking lot."""

    themes: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    left: tuple[str, ...]


def arrangement(short: Short) -> Arrangement:
    """Themes as given; in each theme one heap for each need's evidence, named after it, and one for what is left."""
    theme_of = {c["id"]: c.get("theme") or "" for c in short.challenges}
    placed: set[str] = set()
    themes = []
    for title in dict.fromkeys([*short.themes, *theme_of.values()]):
        if not title:
            continue
        members = [i for i, t in theme_of.items() if t == title]
        heaps = []
        for wanted in short.needs:
            mine = tuple(i for i in evidence(wanted) if i in members and i not in placed)
            if mine:
                placed.update(mine)
                heaps.append((clean(str(wanted["title"]))[: group.TITLE_LIMIT], mine))
        rest = tuple(i for i in members if i not in placed)
        if rest:
            placed.update(rest)
            heaps.append(("", rest))
        themes.append((title[: group.TITLE_LIMIT], tuple(heaps)))
    left = tuple(c["id"] for c in short.challenges if c["id"] not in placed)
    return Arrangement(tuple(themes), left)


def _import_groups(tx: Transaction, short: Short, cards: Mapping[str, int]) -> None:
    plan = arrangement(short)
    for title, heaps in plan.themes:
        theme = group.new_theme(tx, title=title)
        for name, members in heaps:
            group.new_heap(tx, title=name, cards=[cards[i] for i in members], theme=theme)
    if plan.left and plan.themes:
        group.park(tx, cards=[cards[i] for i in plan.left])


def evidence(wanted: Mapping[str, Any]) -> list[str]:
    """The ids of the challenges behind a need, in either spelling."""
    return [e["id"] if isinstance(e, dict) else e for e in wanted.get("evidence", [])]


def _import_need(
    tx: Transaction, wanted: Mapping[str, Any], cards: Mapping[str, int], links: Mapping[str, int]
) -> int:
    made = need.new_need(
        tx, title=_fit("title", wanted.get("title", "")), cards=[cards[i] for i in evidence(wanted)]
    )
    need.set_fields(tx, need=made, **need_texts(wanted))
    need.set_stakeholders(tx, need=made, stakeholders=stakeholders(wanted))
    goals.set_goals(tx, need=made, goals=[links[g] for g in wanted.get("agenda_links", []) if g in links])
    medians = {k: v for k, v in wanted.get("priority", {}).items() if k in rating.CRITERIA}
    heap = _home_heap(tx, [cards[i] for i in evidence(wanted)])
    tx.update("need", made, {"given_priority": json.dumps(medians, sort_keys=True), "heap_id": heap})
    row = tx.row("need", made) or {}
    language = (tx.row("session", 1) or {})["language"]
    if rating.ready(lint.lint_need(need.as_need(tx, row).lint_fields(), language), set()):
        tx.update("need", made, {"status": "ready"})
    return int(made)


def need_texts(wanted: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a need in the short form, by the names of FIELDS."""
    requirement, market = wanted.get("function_requirement", {}), wanted.get("market", {})
    texts = {
        **{k: wanted.get(k, "") for k in FIELDS if k in wanted},
        "requirement": requirement.get("text", ""),
        "requirement_check": requirement.get("check", ""),
        **{k: requirement.get(k, "") for k in ("measure", "today", "target", "unit", "measured_when")},
        **{f"market_{k}": market.get(k, "") for k in ("status", "note", "source", "checked_on")},
    }
    if texts.get("route") not in rating.ROUTES:
        texts["route"] = ""
    if texts["market_status"] not in MARKET_STATUSES:
        texts["market_status"] = ""
    return {k: _fit(k, v) for k, v in texts.items() if k in FIELDS}


def stakeholders(wanted: Mapping[str, Any]) -> list[dict[str, str]]:
    """The groups a need concerns, whether they stand as texts or as objects."""
    return [g if isinstance(g, dict) else {"group": str(g)} for g in wanted.get("stakeholders", [])]


def _home_heap(tx: Transaction, evidence: Sequence[int]) -> int | None:
    """The heap that most of a need's cards lie in."""
    heaps = [h for h in ((tx.row("card", c) or {}).get("heap_id") for c in evidence) if h]
    return max(sorted(set(heaps)), key=heaps.count) if heaps else None


def _fit(name: str, value: Any) -> str:
    return clean(value).strip()[: FIELDS[name]] if isinstance(value, str) else ""
