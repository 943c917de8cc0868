"""What the steps of a workshop came to, as anybody may read it: figures of three people or more, and words only where a
format's result is for others too.

A canvas gives the wordings that were agreed on. Dialogues with suppliers give what was said, without whose it is. A sprint
gives what was learned about the need, and ideas only where their owner has agreed. How we see ourselves (maturity,
barriers, reviews) gives figures alone, and meetings with one supplier at a time give nothing.
"""

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any, TypeVar

from workshop_app.formats import Field, Format, Step
from workshop_app.model import few
from workshop_app.model.answers import Place, Said, StepResults
from workshop_app.model.session import Room
from workshop_app.model.summary import SHARED_IDEAS, Summary

AGREED, WORDS, SPRINT = ("canvas",), ("dialogue", "conference"), ("sprint",)
IN_OPEN = (*AGREED, *WORDS, *SPRINT)  # the results whose words may be read by others
NOTHING = ("one_to_one",)
IDEAS, MAP = "ideas", "map"
SHARED_STEPS = ("terms", "effect", MAP, "voices", "how_might_we", "lesson")  # of a sprint
WITHHELD = ("hours", "risk_buyer", "risk_supplier", "go")  # of its last step
_SUPPLIES = "supply"  # the relation of those who supply
_ASKING = ("questions", "survey")
T = TypeVar("T")


def results(told: Summary, form: Format) -> list[dict[str, Any]]:
    """Each step that came to something, in order, as plain data in the session's language."""
    if form.result in NOTHING or not any(s.kind in _ASKING for s in form.steps):
        return []
    found = (_Step(told, form, s, told.steps[s.id]).told() for s in form.steps if s.id in told.steps)
    return [one for one in found if len(one) > 2]


def supplies(form: Format | None, room: Room, role: str) -> bool:
    """Whether a role is a supplier's: by its relation, or by the format's own word for it."""
    named = [c.label for c in (form.roles if form else ()) if c.value == "supplier"]
    names = {label.get(code) for label in named for code in ("sv", "en")}
    return role in names or any(r.role == role and r.relation == _SUPPLIES for r in room.roles)


class _Step:
    """One step on its way to what may be read of it."""

    def __init__(self, told: Summary, form: Format, step: Step, found: StepResults) -> None:
        self.session, self.form, self.step, self.found, self.whole = told.session, form, step, found, told
        joined = {f.name for f in form.join} if step.kind == "lobby" else set()
        self.fields = [f for f in step.fields if f.name not in joined and not f.apart]
        self.shared = form.result not in SPRINT or step.id in SHARED_STEPS
        self.names = {i.value: i.label for i in told.items.get(step.id, ())}
        if step.items not in form.lists and form.result not in WORDS:
            self.names = {value: str(n) for n, value in enumerate(self.names, 1)}  # made of somebody's words
        if any(f.per == "need" or f.source == "needs" for f in self.fields):
            self.names |= {str(n.id): f"n{n.number}" for n in told.needs}

    def told(self) -> dict[str, Any]:
        """Its id and title, and whatever there is of it."""
        code = self.session.language
        parts = {
            "scales": list(self._scales()),
            "choices": list(self._choices()),
            "dots": self._dots(),
            "numbers": list(self._numbers()),
            "agreed": list(self._agreed()),
            "said": list(self._said()),
        }
        people = {"people": self.found.people} if few.enough(self.found.people) else {}
        head = {"step": self.step.id, "title": self.step.title.get(code)}
        full = {name: part for name, part in parts.items() if part}
        return head | (people | full if full else {})

    def _asked(self, field: Field, item: str) -> dict[str, str]:
        of = {"of": self.names.get(item, item)} if item else {}
        return {"field": field.name, "question": field.label.get(self.session.language), **of}

    def _own(self, *types: str) -> Iterable[Field]:
        return (f for f in self.fields if f.type in types and self.shared and f.name not in WITHHELD)

    def _in_order(self, of: Mapping[Place, T]) -> list[tuple[Place, T]]:
        """In the order of the format's own list: what came first, or weighs most, says nothing here."""
        order = {item: n for n, item in enumerate(self.names)}
        return sorted(of.items(), key=lambda pair: order.get(pair[0][1], len(order)))

    def _scales(self) -> Iterable[dict[str, Any]]:
        for field in self._own("s5"):
            for (name, item), spread in self._in_order(self.found.spreads):
                if name == field.name and spread.median is not None and few.enough(len(spread.votes)):
                    votes = {str(v): spread.votes.count(v) for v in range(1, 6)}
                    more = {"votes": votes, "dont_know": spread.dont_know, "median": spread.median}
                    yield {**self._asked(field, item), **more}

    def _choices(self) -> Iterable[dict[str, Any]]:
        for field in self._own("one", "many", "bool"):
            for (name, item), chosen in self._in_order(self.found.choices):
                counts = dict(chosen.counts)
                if name == field.name and self.step.kind == "lobby" and field.type == "one":
                    shown = few.told_apart(counts)  # it tells who people are: groups, not opinions
                    counts = {value: n for value, n in counts.items() if value in shown}
                if name == field.name and counts:
                    yield {**self._asked(field, item), "counts": self._named(field, counts)}

    def _named(self, field: Field, counts: Mapping[str, int]) -> dict[str, int]:
        of_items = field.source in ("items", "needs")
        order = [*(self.names if of_items else ()), *(c.value for c in field.choices)]
        values = sorted(counts, key=lambda v: order.index(v) if v in order else len(order))
        return {self.names.get(v, v) if of_items else v: counts[v] for v in values}

    def _dots(self) -> dict[str, int]:
        given = any(self._own("dots")) and few.enough(self.found.people)
        return {self.names.get(i, i): n for i, n in self.found.dots.items()} if given else {}

    def _numbers(self) -> Iterable[dict[str, Any]]:
        for field in self._own("int"):
            numbers = self.found.numbers.get(field.name, ())
            if few.enough(len(numbers)):
                middle = {"answers": len(numbers), "median": median(numbers)}
                yield {**self._asked(field, ""), **middle}

    def _agreed(self) -> Iterable[dict[str, str]]:
        """What the room came to, in its own words."""
        if self.form.result in IN_OPEN and self.shared:
            for row in self.found.outcomes:
                kept = {f.name: row.fields.get(f.name, "") for f in self.fields if f.name not in WITHHELD}
                if words := {name: value for name, value in kept.items() if value}:
                    yield words

    def _said(self) -> Iterable[dict[str, str]]:
        """What was written and is not agreed on, without whose it is; a canvas is its wordings alone."""
        asked = {f.name: f for f in self.fields if f.type in ("text", "area")}
        for one in self.found.said:
            if one.field in asked and self._may_be_read(one):
                yield {**self._asked(asked[one.field], one.item), "words": one.words}

    def _may_be_read(self, one: Said) -> bool:
        if self.form.result in SPRINT:
            if self.step.id == IDEAS:
                return str(one.answer) in self.session.settings.get(SHARED_IDEAS, "").split()
            # what a step keeps stands for what was written there
            free = self.shared and not self.step.keeps and self.step.id != MAP
            return free and not supplies(self.form, self.whole.room, one.role)
        return self.form.result in WORDS and not self.found.outcomes
