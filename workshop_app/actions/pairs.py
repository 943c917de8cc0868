"""Do two cards say the same thing? Phones are asked while the leader works; the leader's own answer settles it."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from workshop_app.actions import ask, group, standing
from workshop_app.actions.action import action
from workshop_app.actions.sort_table import SortTable, table
from workshop_app.clustering import sorting as arithmetic
from workshop_app.i18n import N_
from workshop_app.model.pairs import ANSWERS, ASK_PHONES, ENOUGH, ON, Pair, PairSum, pair_of
from workshop_app.model.sorting import TOLD_FROM
from workshop_app.model.trouble import Refused
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

MOST = 30  # pairs that are asked about at a time
NOT_ASKED = N_("Nobody is asked about pairs of cards now. What you have answered is kept.")
NO_PAIR = N_("Those two cards are not asked about any more. Go on with the pair that is shown.")
CHOOSE = N_("Choose one of the three answers.")


@action(N_("Say whether two cards are the same"), undoable=False)
def answer(
    tx: Transaction, *, participant: str, a: int, b: int, said: str, key: str, language: str = ""
) -> ask.Receipt:
    """A phone's answer about two cards; its last one counts. Raises StepClosed, KeyReused, Muted or Refused."""
    low, high = pair_of(a, b)
    now, fields = standing.of(tx), {"pair": f"{low}-{high}", "same": said}
    again = ask.sent_before(tx, now.step, key, fields)
    if again is not None:
        return again
    if participant in now.muted:
        raise ask.Muted(ask.MUTED)
    if now.find(now.step).kind != "group" or now.state != "open" or not _asks(tx):
        raise ask.StepClosed(NOT_ASKED)
    if said not in ANSWERS:
        raise Refused(CHOOSE)
    if low == high or any(tx.row("card", card) is None for card in (low, high)):
        raise Refused(NO_PAIR)
    receipt = ask.acknowledge(tx, now.step, key, participant, fields, language)
    row = {"answer_id": receipt.answer, "participant": participant, "low": low, "high": high, "said": said}
    tx.insert("pair_answer", row)
    return receipt


@action(N_("Join two cards in a heap"))
def join(tx: Transaction, *, a: int, b: int) -> int:
    """The leader says that two cards are the same: they come to lie in one heap, with all that lay with them.

    Returns the heap.
    """
    low, high = pair_of(a, b)
    lies = [(tx.row("card", card) or {}).get("heap_id") for card in (low, high)]
    heaps = [heap for heap in lies if heap is not None]
    if not heaps:
        made = int(group.new_heap(tx, cards=[low, high]))
    else:
        made = heaps[0]
        loose = [card for card, heap in zip((low, high), lies, strict=True) if heap is None]
        if loose:
            group.move_cards(tx, cards=loose, heap=made)
        elif len(set(heaps)) > 1:
            group.merge_heaps(tx, into=made, heaps=[heaps[1]])
    _settle(tx, low, high, 1)
    return made


@action(N_("Say that two cards are not the same"))
def keep_apart(tx: Transaction, *, a: int, b: int) -> None:
    """The leader says that two cards are not the same: nothing moves, and they are not asked about any more."""
    _settle(tx, *pair_of(a, b), 0)


def _settle(tx: Transaction, low: int, high: int, same: int) -> None:
    if low == high or any(tx.row("card", card) is None for card in (low, high)):
        raise Refused(NO_PAIR)
    tx.delete("pair_settled", low=low, high=high)
    tx.insert("pair_settled", {"low": low, "high": high, "same": same, "at": tx.now})


def _asks(tx: Transaction) -> bool:
    settings: dict[str, str] = json.loads((tx.row("session", 1) or {})["settings"])
    return settings.get(ASK_PHONES) == ON


# Reading ------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """The pairs to ask about, most worth first, with the words of their cards and what phones have said."""

    pairs: tuple[Pair, ...] = ()
    texts: Mapping[int, str] = field(default_factory=dict)
    sums: Mapping[Pair, PairSum] = field(default_factory=dict)

    def next_for(self, mine: Collection[Pair], out: Sequence[Pair] = ()) -> Pair | None:
        """The pair that a phone is asked about next; `mine` it has answered, `out` stand on other phones now.

        One that few have answered goes first, so that each is answered by at least three before others begin.
        """
        waiting = Counter(out)
        given = {p: self.sums.get(p, PairSum(p)).phones + waiting[p] for p in self.pairs}
        left = [p for p in self.pairs if p not in mine and given[p] < ENOUGH]
        begun = partial(_begun, given)
        return min(left, key=begun, default=None)


def _begun(given: Mapping[Pair, int], pair: Pair) -> tuple[bool, int]:
    """First what has begun and has not been answered by enough, most answered first; then what fewest have answered."""
    few = given[pair] < TOLD_FROM
    return not few, -given[pair] if few else given[pair]


def asked(file: SessionFile) -> Asked:
    """What is to be asked about now: pairs nobody has settled, both cards to be sorted and not in one heap already."""
    board = table(file)
    settled = board.settled
    open_ = {pair for pair in board.pair_sums if _is_open(board, pair) and pair not in settled}
    begun = sorted(
        (pair for pair in open_ if not board.pair_sums[pair].told),
        key=lambda p: (-board.pair_sums[p].phones, p),
    )
    found = arithmetic.doubtful(
        board.texts,
        [*board.sorts(), board.on_board(by_hand=True)],
        vectors=board.vectors,
        context=board.context,
        pins=board.pins(),
        asked=board.asked(),
        limit=MOST + len(settled) + len(open_),
    )
    fresh = [pair_of(board.cards[a].id, board.cards[b].id) for a, b in found]
    pairs = [p for p in dict.fromkeys((*begun, *fresh)) if p not in settled and _is_open(board, p)]
    texts = {card.id: card.text for card in board.cards}
    return Asked(tuple(pairs[:MOST]), texts, board.pair_sums)


def to_decide(file: SessionFile) -> tuple[PairSum, ...]:
    """The pairs that the leader may decide: those that phones agree are the same first, then those they agree are not."""
    found = asked(file)
    sums = [found.sums.get(pair, PairSum(pair)) for pair in found.pairs]
    board = table(file)
    rest = [
        s
        for pair, s in board.pair_sums.items()
        if s.told and pair not in board.settled and pair not in found.pairs and _is_open(board, pair)
    ]
    rank = {"same": 0, "unclear": 1, "few": 2, "apart": 3}
    return tuple(sorted((*sums, *rest), key=lambda s: (rank[s.verdict], -s.same)))


def _is_open(board: SortTable, pair: Pair) -> bool:
    """Whether both cards can be sorted and do not lie in one heap."""
    if any(card not in board.row_of for card in pair):
        return False
    a, b = (board.board.cards[card].heap for card in pair)
    return a is None or a != b
