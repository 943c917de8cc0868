"""What a workshop format is made of: steps, fields, choices and words in two languages, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from functools import cached_property
from typing import Any

from workshop_app.i18n import Language, language

KINDS = (
    "lobby", "probe", "ask", "read", "pause", "group", "formulate", "goals", "rate", "route", "close",
    "questions", "survey", "meeting",
)  # fmt: skip
TYPES = ("text", "area", "one", "many", "s5", "int", "bool", "dots")
LIMITED = ("text", "area", "dots")  # what needs a limit: signs that may be typed, or dots that may be given
PER = ("", "card", "group", "need", "item")
ASKED_PER = {  # in which kinds of step something is asked for each
    "card": ("read",),
    "group": ("group",),
    "need": ("goals", "rate", "route", "survey"),
    "item": ("questions", "survey"),
}
PHONE = ("form", "wait", "info")
PROJECTOR = (
    "join", "question", "count", "cards", "board", "need", "goals", "spread", "recognise", "terms", "meeting",
    "published", "pause", "thanks",
)  # fmt: skip
SHOWN_IF = ("", "solution_hint", "leader")
MAKES = ("", "card", "beneficiary", "unclear")
SOURCES = ("", "roles", "organisations", "beneficiaries", "items", "needs", "goals", "cards", "heaps")
SHEET_SOURCES = (
    "",
    "consulted",
    "effect",
    "goals",
    "groups",
    "missing",
    "need",
    "owners",
    "risk",
    "route",
)  # where a small sheet is filled in from
SCALES = (
    "benefit",
    "anchoring",
    "feasibility",
    "risk",
    "market_maturity",
    "innovation_space",
)  # that needs are rated on
ASKING = ("ask", "questions", "survey")  # kinds of step that are nothing without a field
RESERVED = (
    "about",
    "at",
    "back",
    "done",
    "key",
    "pair",
    "put",
    "replaces",
    "same",
    "turn",
    "withdraw",
    "without",
)  # in a phone's form already
TAKEN_STEPS = (
    "comment_round",
    "dialogue",
    "fast_sort",
    "register",
    "room_check",
    "room_sort",
    "sheets",
    "summary",
    "thread",
)  # the desk's own pages
AUDIENCES = ("own", "suppliers")
LISTS = (
    "questions",
    "paragraphs",
)  # what the session keeps itself: the published question list, the draft of a comment round
RESULTS = (
    "needs", "canvas", "sprint", "dialogue", "conference", "one_to_one", "maturity", "barriers", "review", "harvest",
    "comments",
)  # fmt: skip
ONCE = "once"  # the part of a small sheet that is asked once
SHEET_TYPES = (*TYPES, "amount")  # an amount is a sum of money, or said to be unknown
ROWS = ("none", "own", "groups")
ABOUT = ("session", "need")


class FormatTrouble(ValueError):
    """A format file that cannot be used; `words` says which file, on which line, inside what, and what to do."""

    def __init__(
        self, message: str, *, where: str, inside: str = "", line: object = 0, **values: object
    ) -> None:
        self.message, self.where, self.inside, self.line, self.values = message, where, inside, line, values
        super().__init__(self.words(language("en")))

    def words(self, lang: Language) -> str:
        """The sentence for a person."""
        told = "{line}" in self.message  # the sentence says it itself
        line = lang("line {line}").format(line=self.line) if self.line and not told else ""
        where = ", ".join(part for part in (self.where, line, self.inside) if part)
        return lang(self.message).format(where=where, line=self.line, **self.values)


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    sv: str = ""
    en: str = ""

    def get(self, code: str) -> str:
        """The text in the language of `code`, else in the other one; "" if there is none."""
        return (self.en or self.sv) if code.startswith("en") else (self.sv or self.en)

    def __bool__(self) -> bool:
        return bool(self.sv or self.en)


@dataclass(frozen=True)
class Choice:
    """One answer to pick; `value` is what is stored and never changes with the language."""

    value: str
    label: Words


@dataclass(frozen=True)
class Item:
    """One thing of a format's list that is asked about, such as a factor: what it is called and explained as.

    `low`, `middle`, `high`: its own words for 1, 3 and 5 of a scale, empty where the field's own hold.
    """

    value: str
    label: Words
    hint: Words = Words()
    low: Words = Words()
    middle: Words = Words()
    high: Words = Words()


@dataclass(frozen=True)
class Field:
    """One question on a phone.

    `limit`: signs in text and area, dots per person in dots, the highest number in int, 0 for none.
    `source`: the list that choices come from at run time (`choices` follow after them); on a text field they are
    suggestions. `per`: asked once for each card, group, need, or item of the step's list. `shown_if`: "",
    "solution_hint", or "leader" for what only the leader fills in, in what the step keeps.
    `apart`: kept away from the answers, such as a name (asked for, never needed).
    `short`, `low`, `middle`, `high`: a scale's name and its words for 1, 3 and 5.
    """

    name: str
    type: str
    limit: int = 0
    required: bool = False
    label: Words = Words()
    hint: Words = Words()
    choices: tuple[Choice, ...] = ()
    source: str = ""
    per: str = ""
    shown_if: str = ""
    apart: bool = False
    short: Words = Words()
    low: Words = Words()
    middle: Words = Words()
    high: Words = Words()

    def form_name(self, item: object = None) -> str:
        """The field's name in an HTML form: `name`, or `name@item` where it is asked for each item."""
        return f"{self.name}@{item}" if self.per and item is not None else self.name


@dataclass(frozen=True)
class Step:
    """One step of a workshop; what it does follows from `kind`, `makes` and `fields`, never from its id.

    `makes`: what an answer becomes ("card", "beneficiary", "unclear", …, "" = only an answer). `many`: a
    phone may send several. `phone`: phones show "form", "wait" (a calm card) or "info" (the prompt alone).
    `facilitator`: the leader's script, laptop only. `outcome`: what the step leaves behind.
    `items`: what fields with per = "item" are asked about: a list of the format, a step whose answers are the
    items (itself or an earlier one), or one of LISTS. `shuffled`: in another order on each
    phone. `keeps`: how many rows, with the step's own fields, the leader may keep as what the room came to (0 =
    none, 1 = one agreed wording). `part`: which sitting the step belongs to, from 1.
    """

    id: str
    kind: str
    minutes: int
    title: Words
    prompt: Words = Words()
    fields: tuple[Field, ...] = ()
    facilitator: Words = Words()
    makes: str = ""
    many: bool = False
    phone: str = "form"
    projector: str = "question"
    projector_text: Words = Words()
    outcome: Words = Words()
    rules: bool = False
    items: str = ""
    shuffled: bool = False
    keeps: int = 0
    part: int = 1

    def field(self, name: str) -> Field | None:
        """The field of this name, None if the step has none such."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in reversed(self.fields)}

    @property
    def projector_words(self) -> Words:
        """What the projector says: the shorter line if there is one, else the prompt."""
        return self.projector_text or self.prompt


@dataclass(frozen=True)
class Format:
    """One way to hold a workshop, with its steps in order and its minutes adding up.

    `result`: which artefact it leaves (RESULTS), and so how its summary is printed. `audience`: "suppliers" where
    suppliers have the phones, so that phones show only what is open to all. `lists`: what is asked about, by id.
    """

    id: str
    version: int
    name: Words
    purpose: Words
    who: Words
    people: tuple[int, int]
    minutes: int
    steps: tuple[Step, ...]
    three_rules: tuple[Words, ...]
    join: tuple[Field, ...]
    join_intro: Words
    roles: tuple[Choice, ...] = ()
    order: int = 100
    result: str = "needs"
    audience: str = "own"
    lists: Mapping[str, tuple[Item, ...]] = made(default_factory=dict)
    beside: bool = False  # no workshop of the method: it is offered on the desk and by its id, and stands in no list of formats
    also_known_as: tuple[str, ...] = ()  # ids that older or borrowed session files use for it

    def step(self, step_id: str) -> Step:
        """The step with this id; KeyError if the format has none such."""
        return self._by_id[step_id]

    @cached_property
    def _by_id(self) -> dict[str, Step]:
        return {s.id: s for s in self.steps}

    @property
    def first(self) -> Step:
        """The step a workshop starts with."""
        return self.steps[0]

    @cached_property
    def lobby(self) -> Step:
        """The step where people join: the first lobby, else the first step."""
        return next((s for s in self.steps if s.kind == "lobby"), self.first)

    def after(self, step_id: str) -> Step | None:
        """The step that follows, None after the last."""
        return next(iter(self.steps[self.steps.index(self.step(step_id)) + 1 :]), None)

    def as_json(self) -> dict[str, Any]:
        """The format as `workshop formats --json` shows it; the lobby's fields are those of the join form."""
        return {
            "id": self.id,
            "name": {"sv": self.name.sv, "en": self.name.en},
            "minutes": self.minutes,
            "steps": [
                _picked(s, "id", "kind", "minutes")
                | {"fields": [_picked(f, "name", "type", "limit", "required") for f in s.fields]}
                for s in self.steps
            ],
        }


@dataclass(frozen=True)
class Sums:
    """Which parts of a small sheet are reckoned together: the names of its fields, and its items by when they come.

    `years`, `unit`: fields that are asked once. `amount`: the field of an item. `saved` is taken off every year.
    """

    years: str
    amount: str
    unit: str
    start: tuple[str, ...]
    yearly: tuple[str, ...]
    end: tuple[str, ...]
    saved: tuple[str, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that has an amount."""
        return (*self.start, *self.yearly, *self.end, *self.saved)


@dataclass(frozen=True)
class SmallSheet:
    """A form of one page beside the steps, such as a list of risks, for the whole workshop or for one need.

    `once`: fields asked once. `fields`: those of each row; rows are the fixed `items`, or free: "own" ones, or "groups"
    where they may come from the groups that are known. A field's `source` says what it can be filled with. `about`:
    what it is mostly made for. `across`: how many boxes stand beside each other on paper. `carried`: it is about the
    project, and goes along to a workshop that builds on this one.
    """

    id: str
    name: Words
    purpose: Words
    order: int = 100
    carried: bool = False
    about: str = "session"
    rows: str = "own"
    across: int = 2
    once: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = ()
    items: tuple[Item, ...] = ()
    sums: Sums | None = None

    def asked(self, item: str) -> tuple[Field, ...]:
        """The fields of one of its parts: ONCE, an item, or "" for a free row."""
        if item == ONCE:
            return self.once
        counted = self.sums is None or item in self.sums.items
        return tuple(f for f in self.fields if counted or f.type != "amount")


def _picked(part: object, *names: str) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}
