"""The room sorts: the leader opens rounds, the program deals cards, phones place them. `deal` and `sums` compute."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workshop_app.actions import agenda, ask, standing
from workshop_app.actions.action import action
from workshop_app.actions.deal import Offer, OfferedHeap, idle_phones, likely, offer, offers, plan, top_up
from workshop_app.actions.fields import FieldTrouble, clean
from workshop_app.actions.sums import suggestion, sums
from workshop_app.actions.tables import seat_of
from workshop_app.i18n import N_
from workshop_app.model.sorting import MOST_CARDS, NAME_LIMIT
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

__all__ = [
    "Offer",
    "OfferedHeap",
    "add_seconds",
    "deal_more",
    "idle_phones",
    "likely",
    "move_on",
    "name_heap",
    "offer",
    "offers",
    "pause",
    "place",
    "plan",
    "resume",
    "start",
    "stop",
    "suggestion",
    "sums",
    "take_back",
    "top_up",
]

NOT_OPEN = N_("The sorting is not open now. What you have placed is kept.")
RESTS = N_("The leader has paused the sorting. What you have placed is kept; go on when the pause is over.")
NOT_DEALT = N_("That card is not among yours. Go on with the card that is shown.")
NO_SUCH_HEAP = N_("That heap is not there. Choose another, or make a new one.")
PASSED = N_("That card has been placed already. Look at the card that is shown now.")
NOTHING_BACK = N_("There is nothing to take back. This is your first card.")
NAME_LONG = N_("The name is {over} characters too long.")
NOT_HERE = N_("The room sorts in the step where cards are grouped. Go to that step first.")
ALREADY = N_("The room is sorting already. Stop that round first.")
NOBODY = N_("No phone has joined yet. Let at least one phone in, or sort the cards yourself.")
NO_CARDS = N_("There is no card to deal. Every card lies where somebody put it.")
NO_ROUND = N_("The room is not sorting now.")
SHORTEST, LONGEST = 30, 3600


class StaleTurn(ask.KeyReused):
    """The form was made for a card that the phone has placed since."""


# The leader -------------------------------------------------------------------


@action(N_("Let the room sort"))
def start(
    tx: Transaction,
    *,
    hands: Mapping[str, Sequence[int]],
    hand: int,
    seconds: int,
    tables: str = "",
    table_cards: Mapping[int, Sequence[int]] | None = None,
) -> int:
    """Opens a round in the current step and deals: participant -> cards in their order. Returns the round's number.

    Where tables sort ("split" or "all"), `table_cards` are each table's; phones that sit down later are dealt from them.
    """
    here = standing.of(tx)
    if here.find(here.step).kind != "group":
        raise Refused(NOT_HERE)
    if _unfinished(tx):
        raise Refused(ALREADY)
    given = table_cards or {}
    if not hands and not tables:
        raise Refused(NOBODY)
    if not any(hands.values()) and not any(given.values()):
        raise Refused(NO_CARDS)
    number = tx.insert(
        "sorting",
        {
            "step": here.step,
            "state": "open",
            "hand": min(max(hand, 1), MOST_CARDS),
            "seconds": min(max(seconds, SHORTEST), LONGEST),
            "started_at": tx.now,
            "tables": tables,
        },
    )
    for table, cards in given.items():
        for card in dict.fromkeys(cards):
            tx.insert("table_card", {"sorting": number, "room_table": table, "card_id": card})
    for participant, cards in hands.items():
        _deal(tx, number, participant, cards)
    return number


@action(N_("Pause the sorting"))
def pause(tx: Transaction) -> None:
    """The phones' buttons rest and the round's clock stands."""
    row = _round(tx)
    if row["state"] == "open":
        tx.update("sorting", row["id"], {"state": "paused", "paused_at": tx.now})


@action(N_("Go on with the sorting"))
def resume(tx: Transaction) -> None:
    """The phones may place cards again, with the time that was left."""
    row = _round(tx)
    if row["state"] == "paused":
        tx.update("sorting", row["id"], {"state": "open"} | _pause_ended(tx, row))


@action(N_("Change the sorting's time"))
def add_seconds(tx: Transaction, *, seconds: int) -> None:
    """Gives the round more time, or less with a negative number."""
    row = _round(tx)
    tx.update("sorting", row["id"], {"seconds": min(max(row["seconds"] + seconds, SHORTEST), LONGEST)})


@action(N_("End the sorting"))
def stop(tx: Transaction) -> None:
    """Ends the round; everything placed counts, half hands too."""
    row = _round(tx)
    tx.update("sorting", row["id"], {"state": "done", "ended_at": tx.now} | _pause_ended(tx, row))


# The program ------------------------------------------------------------------


@action(N_("Deal more cards"), undoable=False, noted=False)
def deal_more(tx: Transaction, *, participant: str, cards: Sequence[int]) -> None:
    """A phone that came late, or is done, gets cards; one that still has cards to place gets none."""
    row = _unfinished(tx)
    if row is None:
        raise ask.StepClosed(NOT_OPEN)
    placed = {card for card, kind in _own(tx, row["id"], participant).items() if kind != "undo"}
    held = tx.rows("dealt", sorting=row["id"], participant=participant)
    # at a table what was given to another phone is that one's to place
    dealt = {r["card_id"] for r in held if not (row["tables"] and r["moved_on"])}
    if dealt <= placed and tx.row("participant", participant):
        if row["tables"]:
            _relieve(tx, row["id"], participant, cards)
        _deal(tx, row["id"], participant, cards)


@action(N_("Move cards on"), undoable=False, noted=False)
def move_on(tx: Transaction, *, participant: str, to: Mapping[str, Sequence[int]]) -> None:
    """The untouched cards of an idle phone go to others; it may still place them itself."""
    row = _round(tx)
    placed = {card for card, kind in _own(tx, row["id"], participant).items() if kind != "undo"}
    given = {card for cards in to.values() for card in cards} - placed
    for one in tx.rows("dealt", sorting=row["id"], participant=participant):
        if one["card_id"] not in placed:
            tx.update("dealt", one["id"], {"moved_on": 1})
    for other, cards in to.items():
        _deal(tx, row["id"], other, [c for c in cards if c in given])


def _relieve(tx: Transaction, round_: int, participant: str, cards: Sequence[int]) -> None:
    """At a table a card is one phone's to place: the others there need not place what this one is given now."""
    table = seat_of(tx, participant)
    for card in cards:
        for one in tx.rows("dealt", sorting=round_, card_id=card, moved_on=0):
            other = standing.person(tx, one["participant"]) or ""
            at_table = other != participant and seat_of(tx, other) == table
            if at_table and _own(tx, round_, other).get(card, "undo") == "undo":
                tx.update("dealt", one["id"], {"moved_on": 1})


# The phones -------------------------------------------------------------------


@action(N_("Place a card"), undoable=False)
def place(
    tx: Transaction,
    *,
    participant: str,
    card: int,
    heap: int | None,
    key: str,
    round: int = 0,
    turn: int | None = None,
    language: str = "",
) -> ask.Receipt:
    """A phone puts one of its cards in a heap, by the heap's founder; its own number founds one, None is "don't know".

    `round` and `turn` are the token of the form: how many answers the phone had given in that round (None: not asked).
    Raises StepClosed, KeyReused, StaleTurn, or Refused for a card or a heap that is not there.
    """
    put = {"card": str(card), "put": "dk" if heap is None else str(heap)}
    row, again = _open(tx, participant, key, put, round)
    if again is not None:
        return again
    if not tx.rows("dealt", sorting=row["id"], participant=participant, card_id=card):
        raise Refused(NOT_DEALT)
    if heap is not None and heap != card and not _is_heap(tx, heap):
        raise Refused(NO_SUCH_HEAP)
    _check_turn(tx, row["id"], participant, turn)
    kind = "leftover" if heap is None else "heap"
    return _store(tx, row, participant, key, put, language, {"card_id": card, "kind": kind, "heap": heap})


@action(N_("Take a placing back"), undoable=False)
def take_back(
    tx: Transaction,
    *,
    participant: str,
    key: str,
    round: int = 0,
    turn: int | None = None,
    language: str = "",
) -> ask.Receipt:
    """A phone takes its latest placing back, one at a time, to its first card; the row it takes back is kept."""
    put = {"put": "undo"}
    row, again = _open(tx, participant, key, put, round)
    if again is not None:
        return again
    _check_turn(tx, row["id"], participant, turn)
    placed = [card for card, kind in _own(tx, row["id"], participant).items() if kind != "undo"]
    if not placed:
        raise Refused(NOTHING_BACK)
    return _store(
        tx, row, participant, key, put, language, {"card_id": placed[-1], "kind": "undo", "heap": None}
    )


@action(N_("Name a heap"), undoable=False)
def name_heap(
    tx: Transaction, *, participant: str, heap: int, name: str, key: str, round: int = 0, language: str = ""
) -> ask.Receipt:
    """A phone gives a heap it has put a card in a name; the last one counts, an empty one takes the name away."""
    words = " ".join(clean(name).split())
    fields = {"heap": str(heap), "name": words}
    row, again = _open(tx, participant, key, fields, round)
    if again is not None:
        return again
    if len(words) > NAME_LIMIT:
        raise FieldTrouble({"name": Refused(NAME_LONG, over=len(words) - NAME_LIMIT)})
    mine: dict[str, Any] = {"participant": participant}
    if row["tables"]:
        mine = {"room_table": seat_of(tx, participant), "sorting": row["id"]}
    if not tx.rows("placement", heap=heap, **mine):
        raise Refused(NO_SUCH_HEAP)
    receipt = ask.acknowledge(tx, row["step"], key, participant, fields, language)
    base = {"answer_id": receipt.answer, "sorting": row["id"], "participant": participant}
    base |= {"room_table": seat_of(tx, participant) if row["tables"] else None}
    tx.insert("heap_name", base | {"heap": heap, "name": words})
    return receipt


# What they share --------------------------------------------------------------


def _unfinished(tx: Transaction) -> dict[str, Any] | None:
    step = agenda.current(tx)["id"]
    return next((r for r in tx.rows("sorting", "id DESC", step=step) if r["state"] != "done"), None)


def _round(tx: Transaction) -> dict[str, Any]:
    row = _unfinished(tx)
    if row is None:
        raise Refused(NO_ROUND)
    return row


def _open(
    tx: Transaction, participant: str, key: str, fields: dict[str, Any], round_: int
) -> tuple[dict[str, Any], ask.Receipt | None]:
    """The round an answer is for, and its receipt if the answer came before; raises when phones may not send.

    While a round is open, what a phone kept from an earlier one is taken too.
    """
    now = standing.of(tx)
    again = ask.sent_before(tx, now.step, key, fields)
    if again is not None:
        return {}, again
    if participant in now.muted:
        raise ask.Muted(ask.MUTED)
    row = tx.kept("sorting", _unfinished)
    if row is None:
        raise ask.StepClosed(NOT_OPEN)
    if "paused" in (row["state"], now.state):
        raise ask.StepClosed(RESTS)
    if now.state != "open":
        raise ask.StepClosed(NOT_OPEN)
    earlier = tx.row("sorting", round_) if round_ and round_ != row["id"] else None
    return (earlier if earlier and earlier["step"] == now.step else row), None


def _is_heap(tx: Transaction, founder: int) -> bool:
    card = tx.row("card", founder)
    return card is not None and (card["state"] == "heap" or bool(tx.rows("placement", heap=founder)))


def _own(tx: Transaction, round_: int, participant: str) -> dict[int, str]:
    """A phone's last word about each card in a round, in the order it was given."""
    out: dict[int, str] = {}
    for row in tx.rows("placement", "id", participant=participant, sorting=round_):
        out.pop(row["card_id"], None)
        out[row["card_id"]] = row["kind"]
    return out


def _check_turn(tx: Transaction, round_: int, participant: str, turn: int | None) -> None:
    if turn is not None and turn != len(tx.rows("placement", participant=participant, sorting=round_)):
        raise StaleTurn(PASSED)


def _store(
    tx: Transaction,
    row: dict[str, Any],
    participant: str,
    key: str,
    fields: dict[str, Any],
    language: str,
    placed: dict[str, Any],
) -> ask.Receipt:
    receipt = ask.acknowledge(tx, row["step"], key, participant, fields, language)
    base = {"answer_id": receipt.answer, "sorting": row["id"], "participant": participant}
    base |= {"room_table": seat_of(tx, participant) if row["tables"] else None}
    tx.insert("placement", base | placed)
    return receipt


def _deal(tx: Transaction, round_: int, participant: str, cards: Sequence[int]) -> None:
    has = {r["card_id"] for r in tx.rows("dealt", sorting=round_, participant=participant)}
    position = tx.largest("dealt", "position", sorting=round_, participant=participant)
    for card in dict.fromkeys(cards):
        if card not in has and tx.row("card", card) is not None:
            position += 1
            row = {"sorting": round_, "participant": participant, "card_id": card, "position": position}
            tx.insert("dealt", row | {"at": tx.now})


def _pause_ended(tx: Transaction, row: dict[str, Any]) -> dict[str, Any]:
    if not row["paused_at"]:
        return {}
    stood = (_time(tx.now) - _time(row["paused_at"])).total_seconds()
    return {"paused_at": None, "paused_seconds": row["paused_seconds"] + max(int(stood), 0)}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
