"""Reads cards in their places and needs with all that hangs on them."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping

from workshop_app.model.blackout import Passage
from workshop_app.model.board import Board, Card, Heap, TableName, Theme
from workshop_app.model.need import (
    FIELDS,
    Evidence,
    Need,
    NeedVersion,
    Recognition,
    Relative,
    Stakeholder,
    Waiver,
)
from workshop_app.model.session import Goal
from workshop_app.store import lineage, typed
from workshop_app.store.one_person import SELVES, whose
from workshop_app.store.people import time_of
from workshop_app.store.session_file import SessionFile
from workshop_app.store.votes import recognitions

_PLACE = ("state", "heap_id", "theme_id", "merged_into")

# by name: phones may not read all that a need's row holds
_NEED = ", ".join(
    ("id", "number", "status", "heap_id", "version", "no_goal", "split_from", "merged_into", *FIELDS)
)


def board(file: SessionFile) -> Board:
    """All cards in their places."""
    themes = file.select("SELECT * FROM theme ORDER BY number")
    heaps = file.select("SELECT * FROM heap ORDER BY theme_id, letter, id")
    cards = _cards(file)
    by_heap: defaultdict[int, list[Card]] = defaultdict(list)
    lists: defaultdict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.heap is not None:
            by_heap[card.heap].append(card)
        else:
            lists[card.state].append(card)
    made = {
        row["id"]: Heap(
            id=row["id"],
            theme=row["theme_id"],
            letter=row["letter"],
            title=row["title"],
            title_by=row["title_by"],
            position=row["position"],
            cards=_founder_first(by_heap[row["id"]], row["founder"]),
            missing_voice=row["missing_voice"],
            x=row["x"],
            y=row["y"],
            from_tables=tuple(TableName(**one) for one in json.loads(row["from_tables"])),
        )
        for row in heaps
    }
    return Board(
        themes=tuple(
            Theme(
                id=t["id"],
                number=t["number"],
                title=t["title"],
                title_by=t["title_by"],
                missing_voice=t["missing_voice"],
                heaps=tuple(h for h in made.values() if h.theme == t["id"]),
                turn=t["turn"],
                waits=t["waits"],
            )
            for t in themes
        ),
        loose_heaps=tuple(h for h in made.values() if h.theme is None),
        loose=tuple(lists["loose"]),
        parked=tuple(lists["parked"]),
        hidden=tuple(lists["hidden"]),
        merged=tuple(lists["merged"]),
        withdrawn=tuple(lists["withdrawn"]),
    )


def _founder_first(cards: list[Card], founder: int | None) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda c: (c.id != founder, c.id)))


def _cards(file: SessionFile) -> list[Card]:
    marks = _me_too(file)
    needs: defaultdict[int, list[int]] = defaultdict(list)
    for link in file.select(
        "SELECT card_id, need_id FROM need_card JOIN need ON need.id = need_id"
        " WHERE need.merged_into IS NULL ORDER BY need.number"
    ):
        needs[link["card_id"]].append(link["need_id"])
    underlying, black = {about: (text, of) for about, text, of in _added(file)}, typed.blackouts(file)
    out = []
    gone = {row["id"] for row in file.select("SELECT card.id FROM card JOIN withdrawal USING (answer_id)")}
    for row in file.select(
        "SELECT card.*, heap.theme_id, answer.source, answer.fields, answer.receipt, answer.received_at,"
        f" {whose('answer.participant')} AS participant, participant.role, withdrawal.id AS withdrawn, new.id AS replaced_by"
        " FROM card JOIN answer ON answer.id = card.answer_id"
        f" LEFT JOIN participant ON participant.id = {whose('answer.participant')}"
        " LEFT JOIN withdrawal ON withdrawal.answer_id = answer.id"
        " LEFT JOIN card AS new ON new.answer_id = withdrawal.by_answer_id"
        " LEFT JOIN heap ON heap.id = card.heap_id ORDER BY card.id"
    ):
        fields = json.loads(row["fields"])
        place = {name: row[name] for name in _PLACE}
        if row["withdrawn"] is not None:
            # the row itself keeps the place it had: a phone only adds rows, and an undo must not find it changed
            place |= {"state": "withdrawn", "heap_id": None, "theme_id": None, "merged_into": None}
        elif place["merged_into"] in gone:
            place |= {"state": "loose", "merged_into": None}  # a double outlives the card it was joined with
        added = underlying.get(row["receipt"], (fields.get("underlying", ""), 0))
        out.append(
            Card(
                id=row["id"],
                text=row["text"],
                state=place["state"],
                heap=place["heap_id"],
                theme=place["theme_id"],
                role=row["role"] or fields.get("role", ""),
                source=row["source"],
                beneficiary=fields.get("beneficiary", ""),
                when=fields.get("when", ""),
                how_often=fields.get("how_often", ""),
                underlying=added[0],
                me_too=marks[row["id"]],
                merged_into=place["merged_into"],
                reason=row["reason"],
                placed_by=row["placed_by"],
                placed_at=row["placed_at"] or "",
                needs=() if row["withdrawn"] is not None else tuple(needs[row["id"]]),
                receipt=row["receipt"],
                participant=row["participant"] or "",
                received_at=row["received_at"],
                inbox=bool(row["inbox"]),
                replaced_by=row["replaced_by"],
                paper=int(fields.get("paper") or 0),
                blackouts=(*black[row["answer_id"]], *(black[added[1]] if added[1] else ())),
            )
        )
    return out


def _added(file: SessionFile) -> list[tuple[str, str, int]]:
    """What was answered to the gentle question: receipt of the card, the words, the answer they lie in."""
    out = []
    for row in file.select("SELECT id, fields FROM answer WHERE fields LIKE '%\"about\"%'"):
        fields = json.loads(row["fields"])
        if fields.get("about"):
            out.append((fields["about"], fields.get("underlying", ""), row["id"]))
    return out


def passages(file: SessionFile, card: int) -> tuple[Passage, ...]:
    """The texts that belong to a card, as they are shown: what can be blacked out in it."""
    rows = file.select(
        "SELECT answer.id, fields, receipt FROM answer JOIN card ON answer_id = answer.id WHERE card.id = ?",
        card,
    )
    out = []
    for row in rows:
        fields = json.loads(row["fields"])
        out += [
            Passage(row["id"], n, fields[n])
            for n in ("text", "underlying", "when", "beneficiary")
            if fields.get(n)
        ]
        out += [
            Passage(of, "underlying", text)
            for about, text, of in _added(file)
            if about == row["receipt"] and text
        ]
    return tuple(out)


def paper_numbers(file: SessionFile) -> Mapping[int, int]:
    """Numbers on paper cards that are typed in -> the card each became."""
    rows = file.select(
        "SELECT json_extract(fields, '$.paper') AS paper, card.id FROM answer JOIN card ON answer_id = answer.id"
        " WHERE source = 'paper' AND paper IS NOT NULL"
    )
    return {int(r["paper"]): r["id"] for r in rows}


def _me_too(file: SessionFile) -> Counter[int]:
    last: dict[tuple[int, str], int] = {}
    sql = f"SELECT id, card_id, {whose('me_too.participant')} AS participant, value FROM me_too ORDER BY id"
    for row in file.select(sql):
        last[row["card_id"], row["participant"] or f"row {row['id']}"] = row["value"]
    return Counter(card for (card, _who), value in last.items() if value)


def me_too_of(file: SessionFile, participant_id: str) -> frozenset[int]:
    """The cards that a participant has marked "true here too"."""
    sql = f"SELECT card_id, value FROM me_too WHERE participant IN {SELVES} ORDER BY id"
    rows = file.select(sql, participant_id, participant_id)
    last = {r["card_id"]: r["value"] for r in rows}
    return frozenset(card for card, value in last.items() if value)


def needs(file: SessionFile) -> tuple[Need, ...]:
    """Every need that is not joined into another, by number."""
    cards = {c.id: c for c in _cards(file)}
    evidence: defaultdict[int, list[Evidence]] = defaultdict(list)
    for link in file.select("SELECT * FROM need_card ORDER BY need_id, position, card_id"):
        card = cards[link["card_id"]]
        if card.state == "withdrawn":  # an undo may have put it back after it was withdrawn
            continue
        evidence[link["need_id"]].append(Evidence(card.id, card.text, card.role, card.me_too, card.receipt))
    groups: defaultdict[int, list[Stakeholder]] = defaultdict(list)
    for row in file.select("SELECT * FROM need_stakeholder ORDER BY id"):
        groups[row["need_id"]].append(Stakeholder(row["group_name"], row["relation"], row["consulted"]))
    goal_links: defaultdict[int, list[int]] = defaultdict(list)
    for row in file.select("SELECT * FROM need_goal ORDER BY goal_id"):
        goal_links[row["need_id"]].append(row["goal_id"])
    waivers: defaultdict[int, list[Waiver]] = defaultdict(list)
    for row in file.select("SELECT * FROM waiver ORDER BY rule, field"):
        waivers[row["need_id"]].append(Waiver(row["rule"], row["field"], row["reason"]))
    recognised, brought = recognitions(file), lineage.carried(file)
    since, origins, shared = lineage.happened(file), lineage.origins(file), lineage.shared(file)
    return tuple(
        Need(
            id=row["id"],
            number=row["number"],
            status=row["status"],
            fields={k: row[k] for k in FIELDS},
            heap=row["heap_id"],
            version=row["version"],
            evidence=tuple(evidence[row["id"]]),
            stakeholders=tuple(groups[row["id"]]),
            goals=tuple(goal_links[row["id"]]),
            no_goal=bool(row["no_goal"]),
            waivers=tuple(waivers[row["id"]]),
            split_from=row["split_from"],
            merged_into=row["merged_into"],
            recognition=recognised.get(row["id"], Recognition()),
            carried=brought.get(row["id"], ()),
            happened=since.get(row["id"], ()),
            origin=origins.get(row["id"], ("", "", 0)),
            shared=shared.get(row["id"], ()),
        )
        for row in file.select(f"SELECT {_NEED} FROM need WHERE merged_into IS NULL ORDER BY number")
    )


def need_versions(file: SessionFile, need: int) -> tuple[NeedVersion, ...]:
    """How a need read earlier, oldest first."""
    rows = file.select("SELECT * FROM need_version WHERE need_id = ? ORDER BY id", need)
    return tuple(
        NeedVersion(r["version"], time_of(r["at"]), r["who_role"], r["status"], json.loads(r["fields"]))
        for r in rows
    )


def relatives(file: SessionFile, need: int) -> tuple[Relative, ...]:
    """The needs that a need comes from or that have come of it, by number; those that are joined still have their words."""
    rows = file.select(
        "SELECT need.*, CASE WHEN merged_into = ?1 THEN 'merged_from' WHEN split_from = ?1 THEN 'split_into'"
        " ELSE 'split_from' END AS kind FROM need WHERE merged_into = ?1 OR split_from = ?1"
        " OR id = (SELECT split_from FROM need WHERE id = ?1) ORDER BY number",
        need,
    )
    return tuple(Relative(r["kind"], r["id"], r["number"], {k: r[k] for k in FIELDS}) for r in rows)


def goals(file: SessionFile) -> tuple[Goal, ...]:
    """The goals that needs are matched with."""
    return tuple(
        Goal(r["id"], r["source"], r["title"]) for r in file.select("SELECT * FROM goal ORDER BY id")
    )


def goal_votes(file: SessionFile) -> Mapping[tuple[int, int], int]:
    """How many phones said that a need serves a goal, in their last answer about it: (need, goal) -> phones."""
    last: dict[tuple[int, str], tuple[int, set[int]]] = {}
    sql = f"SELECT {whose('goal_vote.participant')} AS participant, goal_vote.* FROM goal_vote ORDER BY id"
    for row in file.select(sql):
        who = (row["need_id"], row["participant"] or f"answer {row['answer_id']}")
        answer, goals_ = last.get(who, (0, set()))
        chosen = goals_ if answer == row["answer_id"] else set()
        last[who] = (row["answer_id"], chosen | {row["goal_id"]})
    return Counter((need, goal) for (need, _who), (_answer, chosen) in last.items() for goal in chosen)


def vectors(file: SessionFile, model: str) -> Mapping[int, tuple[str, bytes]]:
    """Vectors kept for cards by one model: card -> (hash of the text, float16 bytes)."""
    rows = file.select("SELECT card_id, text_hash, data FROM vector WHERE model = ?", model)
    return {r["card_id"]: (r["text_hash"], r["data"]) for r in rows}


def card_texts(file: SessionFile) -> Mapping[int, str]:
    """Every card's words by id, but those withdrawn: what a vector is made of."""
    return {
        r["id"]: r["text"]
        for r in file.select(
            "SELECT id, text FROM card WHERE answer_id NOT IN (SELECT answer_id FROM withdrawal) ORDER BY id"
        )
    }
