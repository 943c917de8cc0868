"""What a session comes to: the books, the votes and the whole summary, as model values."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from workshop_app.formats import Format, Step
from workshop_app.model.blackout import Blackout
from workshop_app.model.board import Board, Card
from workshop_app.model.session import Answer
from workshop_app.model.summary import KINDS, PLACES, Balance, Earlier, Summary
from workshop_app.model.supplier_names import without_suppliers
from workshop_app.store import cards, dialogue, drafts, lineage, people, sheets, steps, typed
from workshop_app.store.one_person import SELVES
from workshop_app.store.session_file import SessionFile
from workshop_app.store.votes import ratings

_COUNTED = " UNION ".join(
    f"SELECT answer_id FROM {table}"
    for table in ("card", "rating", "dot", "recognition", "goal_vote", "me_too")
)


def place_of(card: Card) -> str:
    """The one place where a card's account ends: evidence of a need goes before heap, heap before the rest."""
    if card.state in ("parked", "hidden", "merged", "withdrawn"):
        return card.state
    return "need" if card.needs else card.state


def balance(file: SessionFile, board: Board | None = None) -> Balance:
    """The books: every received card in exactly one place. What was received is counted from the answers themselves."""
    whole = board or cards.board(file)
    sql = "SELECT id FROM answer WHERE json_extract(fields, '$._makes') = 'card'"
    received = {row["id"] for row in file.select(sql)}
    linked = {row["answer_id"]: row["id"] for row in file.select("SELECT id, answer_id FROM card")}
    shown = set(whole.cards)
    count = Counter(place_of(card) for card in whole.cards.values())
    lost = sorted(received - set(linked)) + sorted(c for c in linked.values() if c not in shown)
    sources = Counter(card.source for card in whole.cards.values())
    places = {place: count[place] for place in PLACES}
    return Balance(len(received), places, dict(sorted(sources.items())), tuple(lost))


def came_in(file: SessionFile) -> Mapping[str, Mapping[str, int]]:
    """What was received, each of KINDS by source: every card and every vote once, also those that a later one replaced."""
    out: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for table in ("card", "rating", "dot", "recognition", "goal_vote", "me_too"):
        many = "sum(dots)" if table == "dot" else "count(*)"
        sql = f"SELECT source, {many} AS n FROM {table} JOIN answer ON answer.id = answer_id GROUP BY source"
        out[table].update({row["source"]: row["n"] for row in file.select(sql)})
    counted = {row["answer_id"] for row in file.select(_COUNTED)}
    for draft in drafts.drafts(file):
        out["draft"][draft.source] += 1
        counted.add(draft.answer)
    for one in people.answers(file):
        told = one.counts.get("understood", {})
        out["understood"][one.source] += sum(told.values()) + ("understood" in one.fields)
        if one.id not in counted and not told and "understood" not in one.fields:
            out["other"][one.source] += 1
    return {kind: by for kind, by in out.items() if by.total()}


def rated_by(file: SessionFile, participant: str, round_: int = 1) -> frozenset[tuple[int, str]]:
    """The needs that a participant has rated in a round, each with the criterion."""
    sql = f"SELECT need_id, criterion FROM rating WHERE participant IN {SELVES} AND round = ?"
    rows = file.select(sql, participant, participant, round_)
    return frozenset((row["need_id"], row["criterion"]) for row in rows)


def earlier(file: SessionFile) -> Earlier:
    """The scales of a session that another one is to be compared with."""
    session = people.session(file)
    of = {s.id: steps.step_results(file, s.id).spreads for s in _asking(file)}
    return Earlier(session.title, session.date, {step: spreads for step, spreads in of.items() if spreads})


def _asking(file: SessionFile) -> list[Step]:
    """The steps whose answers stand for themselves: questions, scales and closing words, and the join form's own."""
    kinds = ("lobby", "questions", "survey", "close")
    try:
        return [s for s in people.format_of(file).steps if s.kind in kinds and s.fields]
    except KeyError:
        return []


def summary(
    file: SessionFile, edition: str = "internal", format_name: str = "", compared: Earlier | None = None
) -> Summary:
    """Everything the summary prints, read at one moment; `compared` is what `earlier` gave of another session."""
    session = people.session(file)
    board = cards.board(file)
    format_ = people.format_of(file)
    withdrawn = {card.receipt for card in board.withdrawn} if edition != "internal" else set()

    def kept(answer: Answer) -> bool:
        # what was said about a card goes with the card
        return answer.fields.get("about", "") not in withdrawn

    made = Summary(
        session=session,
        edition=edition,
        format_name=format_name,
        questions=people.questions(file),
        room=people.room(file),
        board=board,
        needs=cards.needs(file),
        ratings=ratings(file),
        goals=cards.goals(file),
        balance=balance(file, board),
        places={card.id: place_of(card) for card in board.cards.values()},
        answers=tuple(
            _without_votes(a, format_)
            for a in people.answers(file)
            if not _is_card(a.text, board, a.receipt) and kept(a)
        ),
        understood=people.understood(file),
        contacts=people.contact_count(file),
        file_name=file.path.name,
        came_in=came_in(file),
        understood_by_source=people.understood_by_source(file),
        drafts=drafts.drafts(file),
        steps={s.id: steps.step_results(file, s.id) for s in _asking(file)},
        items={s.id: steps.items(file, s.id) for s in _asking(file) if s.items},
        earlier=compared,
        parked_before=lineage.carried_cards(file),
        erased=lineage.erased(file),
        origins=lineage.card_origins(file),
        dialogue=dialogue.open_dialogue(file),
        blackouts=_beside_cards(file, board),
        sheets=sheets.sheet_rows(file),
        project=lineage.project(file),
        names=people.listed_names(file) if edition != "open" else (),
    )
    if edition == "internal":
        return made
    # whatever anybody typed, no company of the register is named to others
    return without_suppliers(made, dialogue.supplier_names(file), session.language)


def _beside_cards(file: SessionFile, board: Board) -> tuple[Blackout, ...]:
    """What was blacked out in answers that made no card; a card tells its own."""
    told = {one for card in board.cards.values() for one in card.blackouts}
    return tuple(one for of in typed.blackouts(file).values() for one in of if one not in told)


def _without_votes(answer: Answer, format_: Format) -> Answer:
    """An answer as it may be printed: what it says of a need or card in words; votes are counted, never listed one by one."""
    step = next((s for s in format_.steps if s.id == answer.step), None)

    def words(name: str) -> bool:
        base, at, _item = name.partition("@")
        field = step.field(base) if step else None
        return not at or (field is not None and field.type in ("text", "area"))

    fields = {name: value for name, value in answer.fields.items() if words(name)}
    return replace(answer, fields=fields, counts={n: by for n, by in answer.counts.items() if words(n)})


def _is_card(text: str, board: Board, receipt: str) -> bool:
    return bool(text) and any(card.receipt == receipt for card in board.cards.values())
