"""The red thread as a value: question, cards, heaps, needs, goals and routes, what leads to what, and where it breaks.

A strand is one whole way from a question to a route. What belongs to a node is what shares a strand with it, so the same
value serves both directions, the table behind the picture, and paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workshop_app.i18n import N_
from workshop_app.model import rating
from workshop_app.model.board import Board, Card
from workshop_app.model.need import Need
from workshop_app.model.session import Goal, QuestionVersion

Key = tuple[str, object]  # ("need", 4): a column and an id
Strand = tuple[Key | None, ...]  # one place for each of COLUMNS

COLUMNS: Mapping[str, str] = {
    "question": N_("Question"),
    "card": N_("Cards"),
    "heap": N_("Heaps and themes"),
    "need": N_("Needs"),
    "goal": N_("Goals"),
    "route": N_("Routes"),
}
# What can be missing: key -> what is said, and the kind of step where it is mended.
GAPS: Mapping[str, tuple[str, str]] = {
    "no_place": (N_("not sorted yet"), "group"),
    "no_need": (N_("in no need"), "formulate"),
    "heap_without_need": (N_("no need yet"), "formulate"),
    "no_evidence": (N_("no evidence"), "formulate"),
    "no_goal": (N_("no goal"), "goals"),
    "no_route": (N_("no route"), "route"),
    "no_owner": (N_("no owner"), "route"),
    "silent_goal": (N_("nobody spoke of it"), "goals"),
}
HOME: Mapping[str, str] = {
    "question": "probe",
    "card": "group",
    "heap": "group",
    "need": "formulate",
    "goal": "goals",
    "route": "route",
}
ASIDE: Mapping[str, str] = {
    "parked": N_("parked"),
    "hidden": N_("hidden"),
    "merged": N_("joined with another"),
    "withdrawn": N_("withdrawn"),
}


@dataclass(frozen=True)
class Node:
    """One thing on the thread. `number` is what people call it; `gaps` are keys of GAPS; `place` is one of ASIDE or ""."""

    key: Key
    number: str
    words: str
    version: int = 0
    gaps: tuple[str, ...] = ()
    place: str = ""
    theme: int | None = None
    about: str = ""  # of a heap its theme, of a need whose voice is missing

    @property
    def column(self) -> str:
        """One of COLUMNS."""
        return self.key[0]


@dataclass(frozen=True)
class RedThread:
    """All nodes by key in the order shown, and all strands."""

    nodes: Mapping[Key, Node]
    strands: tuple[Strand, ...]

    @cached_property
    def _through(self) -> Mapping[Key, list[int]]:
        out: defaultdict[Key, list[int]] = defaultdict(list)
        for place, strand in enumerate(self.strands):
            for key in strand:
                if key is not None:
                    out[key].append(place)
        return out

    def column(self, name: str) -> list[Node]:
        """The nodes of one of COLUMNS."""
        return [node for node in self.nodes.values() if node.column == name]

    def strands_of(self, key: Key) -> list[Strand]:
        """The strands that run through a node."""
        return [self.strands[place] for place in self._through.get(key, ())]

    def related(self, key: Key) -> frozenset[Key]:
        """Everything that a node comes from or leads to, and itself."""
        return frozenset(other for strand in self.strands_of(key) for other in strand if other) | {key}

    @cached_property
    def gaps(self) -> tuple[Node, ...]:
        """The nodes where the thread breaks."""
        return tuple(node for node in self.nodes.values() if node.gaps)

    def only(self, cards: Iterable[int] | None = None, gaps: bool = False) -> "RedThread":
        """The thread of some cards alone, or of what has a gap alone."""
        wanted = None if cards is None else {("card", card) for card in cards}
        broken = {node.key for node in self.gaps}
        strands = tuple(
            s
            for s in self.strands
            if (wanted is None or any(key in wanted for key in s if key)) and (not gaps or broken & set(s))
        )
        left = {key for s in strands for key in s if key}
        return RedThread({key: node for key, node in self.nodes.items() if key in left}, strands)


def red_thread(
    questions: Iterable[QuestionVersion],
    board: Board,
    needs: Iterable[Need],
    goals: Iterable[Goal],
    asked_in: Mapping[str, int],
) -> RedThread:
    """Ties everything together; `asked_in` gives the version of the question by a card's receipt."""
    living = [n for n in needs if n.merged_into is None]
    home = _heaps_of(board, living)
    served = {goal for need in living for goal in need.goals}
    nodes: dict[Key, Node] = {}
    for question in questions:
        key: Key = ("question", question.version)
        nodes[key] = Node(key, str(question.version), question.text, question.version)
    for card in sorted(board.cards.values(), key=lambda c: c.id):
        key = ("card", card.id)
        nodes[key] = Node(key, str(card.number), card.text, gaps=_card_gaps(card), place=_aside(card))
    for heap in board.heaps:
        key, theme = ("heap", heap.id), board.theme(heap.theme) if heap.theme is not None else None
        words = heap.title or (heap.cards[0].text if heap.cards else theme.title if theme else "")
        meant = any(heap.id in heaps for heaps in home.values())
        gaps = () if meant or not heap.cards else ("heap_without_need",)
        nodes[key] = Node(
            key, board.tag(heap), words, gaps=gaps, theme=heap.theme, about=theme.title if theme else ""
        )
    for need in sorted(living, key=lambda n: n.number):
        key = ("need", need.id)
        nodes[key] = Node(key, str(need.number), need.title, need.version, _need_gaps(need))
    for goal in goals:
        key = ("goal", goal.id)
        nodes[key] = Node(key, "", goal.title, gaps=() if goal.id in served else ("silent_goal",))
    for route in (*rating.ROUTES,):
        if any(n.fields["route"] == route for n in living):
            nodes["route", route] = Node(("route", route), "", rating.ROUTE_LABELS[route])
    return RedThread(nodes, tuple(_strands(nodes, board, living, home, asked_in)))


def _aside(card: Card) -> str:
    return card.state if card.state in ASIDE else ""


def _card_gaps(card: Card) -> tuple[str, ...]:
    if _aside(card) or card.needs:
        return ()
    return ("no_need",) if card.state == "heap" else ("no_place",)


def _need_gaps(need: Need) -> tuple[str, ...]:
    f = need.fields
    found = {
        "no_evidence": not need.evidence,
        "no_goal": not need.goals and not need.no_goal,
        "no_route": not f["route"],
        "no_owner": not f["owner"] and f["route"] != "parked",
    }
    return tuple(gap for gap, missing in found.items() if missing)


def _heaps_of(board: Board, needs: Iterable[Need]) -> dict[int, set[int]]:
    """The heaps that each need speaks for: its own, and those its cards lie in."""
    out = {}
    for need in needs:
        found = {board.cards[e.card].heap for e in need.evidence if e.card in board.cards} | {need.heap}
        out[need.id] = {heap for heap in found if heap is not None}
    return out


def _strands(
    nodes: Mapping[Key, Node],
    board: Board,
    needs: list[Need],
    home: Mapping[int, set[int]],
    asked_in: Mapping[str, int],
) -> Iterable[Strand]:
    def known(column: str, id_: object) -> Key | None:
        return (column, id_) if (column, id_) in nodes else None

    used: set[Key] = set()
    rows: list[Strand] = []
    by_id = {need.id: need for need in needs}
    ends = {
        need.id: [
            (known("need", need.id), goal, known("route", need.fields["route"]))
            for goal in ([known("goal", g) for g in need.goals] or [None])
        ]
        for need in needs
    }
    for card in board.cards.values():
        target = board.cards.get(card.merged_into) if card.merged_into is not None else None
        behind = [n for n in (target or card).needs if n in by_id]
        heap = (target or card).heap
        start = (
            known("question", asked_in.get(card.receipt)),
            known("card", card.id),
            known("heap", heap),
        )
        rows += [(*start, *end) for n in behind for end in ends[n]] or [(*start, None, None, None)]
    for strand in rows:
        used.update(key for key in strand if key)
    for need in needs:
        seen = ("need", need.id) in used
        for heap in sorted(home[need.id]):
            if not seen or ("heap", heap) not in used:
                rows += [(None, None, known("heap", heap), *end) for end in ends[need.id]]
        if not seen and not home[need.id]:
            rows += [(None, None, None, *end) for end in ends[need.id]]
    used = {key for strand in rows for key in strand if key}
    for key in nodes:
        if key not in used:  # an orphan is a strand of its own
            rows.append(tuple(key if key[0] == column else None for column in COLUMNS))
    return rows
