"""What a session comes to: the books, the votes and the whole summary, as model values."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping

from workshop_app.model import rating
from workshop_app.model.board import Board, Card
from workshop_app.model.rating import Spread
from workshop_app.model.session import Answer
from workshop_app.model.summary import PLACES, Balance, NeedRating, Summary
from workshop_app.model.supplier_names import without_suppliers
from workshop_app.store import cards, dialogue, people
from workshop_app.store.session_file import SessionFile


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


def ratings(file: SessionFile) -> Mapping[int, NeedRating]:
    """Votes of each need: the last round, and the first beside it after a re-rating. Hidden under three answers."""
    roles = {p.id: p.role for p in people.participants(file)}
    last: dict[tuple[int, str, int, str], tuple[int | None, str]] = {}
    for row in file.select("SELECT * FROM rating ORDER BY id"):
        who = row["participant"] or f"row {row['id']}"
        last[row["need_id"], row["criterion"], row["round"], who] = (row["value"], roles.get(who, ""))
    votes: dict[tuple[int, str, int], list[tuple[int | None, str]]] = defaultdict(list)
    voters: defaultdict[int, set[str]] = defaultdict(set)
    hands: Counter[tuple[int, str, int]] = Counter()
    for (need, criterion, round_, who), vote in last.items():
        votes[need, criterion, round_].append(vote)
        if who in roles:
            voters[need].add(who)
        else:
            hands[need, criterion, round_] += 1
    dots = _dots(file)
    out = _given(file)
    for need in sorted({n for n, _c, _r in votes} | set(dots)):
        rounds = sorted({r for n, _c, r in votes if n == need}) or [1]
        newest = _spreads(votes, need, rounds[-1])
        # a criterion nobody rated again keeps its first votes
        first = _spreads(votes, need, rounds[0])
        out[need] = NeedRating(
            need=need,
            round=rounds[-1],
            spreads={**first, **newest},
            first_round=first if len(rounds) > 1 else {},
            dots=dots.get(need, 0),
            # a hand is raised once for each criterion, by the same people
            voters=len(voters[need]) + max((n for (at, *_), n in hands.items() if at == need), default=0),
        )
    return out


def _spreads(
    votes: Mapping[tuple[int, str, int], list[tuple[int | None, str]]], need: int, round_: int
) -> dict[str, Spread]:
    return {
        criterion: _shown(rating.spread(criterion, votes[need, criterion, round_]))
        for criterion in rating.CRITERIA
        if (need, criterion, round_) in votes
    }


def _shown(spread: Spread) -> Spread:
    """Hidden until enough have answered, so that nobody's vote can be read out of a median."""
    if len(spread.votes) >= rating.SHOW_FROM:
        return spread
    return Spread(spread.criterion, dont_know=spread.dont_know, waiting=len(spread.votes))


def _given(file: SessionFile) -> dict[int, NeedRating]:
    """Medians that came with an imported session, where there are no votes of its own."""
    out = {}
    for row in file.select("SELECT id, given_priority FROM need WHERE given_priority <> '{}'"):
        medians = json.loads(row["given_priority"])
        spreads = {
            c: Spread(
                criterion=c,
                votes=(),
                dont_know=0,
                median=float(medians[c]),
                lower=None,
                upper=None,
                flagged=False,
            )
            for c in rating.CRITERIA
            if c in medians
        }
        out[row["id"]] = NeedRating(row["id"], 0, spreads, {}, 0, 0)
    return out


def _dots(file: SessionFile) -> dict[int, int]:
    """Dots by need: each participant's last sending counts whole."""
    newest: dict[str, int] = {}
    given: defaultdict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for row in file.select("SELECT * FROM dot ORDER BY id"):
        who = row["participant"] or f"row {row['answer_id']}"
        newest[who] = row["answer_id"]
        given[who, row["answer_id"]][row["need_id"]] = row["dots"]
    count: Counter[int] = Counter()
    for who, answer in newest.items():
        count.update(given[who, answer])
    return dict(count)


def rated_by(file: SessionFile, participant: str, round_: int = 1) -> frozenset[int]:
    """The needs that a participant has rated in a round."""
    sql = "SELECT DISTINCT need_id FROM rating WHERE participant = ? AND round = ?"
    return frozenset(row["need_id"] for row in file.select(sql, participant, round_))


def summary(file: SessionFile, edition: str = "internal", format_name: str = "") -> Summary:
    """Everything the summary prints, read at one moment."""
    session = people.session(file)
    board = cards.board(file)
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
        answers=tuple(a for a in people.answers(file) if not _is_card(a.text, board, a.receipt) and kept(a)),
        understood=people.understood(file),
        contacts=people.contact_count(file),
        file_name=file.path.name,
        dialogue=dialogue.open_dialogue(file),
    )
    if edition == "internal":
        return made
    # whatever anybody typed, no company of the register is named to others
    return without_suppliers(made, dialogue.supplier_names(file), session.language)


def _is_card(text: str, board: Board, receipt: str) -> bool:
    return bool(text) and any(card.receipt == receipt for card in board.cards.values())
