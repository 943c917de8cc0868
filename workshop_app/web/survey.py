"""Steps that ask about the items of a list: one item on each screen, and what others have written with marks beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from workshop_app.formats import Field, Step
from workshop_app.model.answers import ItemShown
from workshop_app.web import forms
from workshop_app.web.frame import Frame
from workshop_app.web.values import Asker, Page, Typed

LAST = "last"  # the screen after all items: dots, and what is asked once


def has(step: Step) -> bool:
    """Whether a step asks about one item at a time."""
    return step.kind == "survey" and any(f.per == "item" for f in step.fields)


def ordered(items: Sequence[ItemShown], step: Step, participant: str) -> list[ItemShown]:
    """The items as one phone meets them: where the step shuffles, in an order of its own that never changes."""
    out = list(items)
    if step.shuffled and participant:
        Random(f"{participant}/{step.id}").shuffle(out)
    return out


def places(step: Step, items: Sequence[ItemShown]) -> list[str]:
    """Every screen of the step in order, by what stands after "@"."""
    last = [LAST] if any(_on_last(f) for f in step.fields) else []
    return [i.value for i in items if _on_screen(step)] + last


def place_of(step: Step, given: Mapping[str, Sequence[str]]) -> str:
    """The screen that a form came from: what it says itself, else the item that its fields name."""
    if given.get("at"):
        return given["at"][-1]
    named = (name.partition("@") for name in given)
    return next((item for base, _, item in named if item and step.field(base)), "")


def first_open(step: Step, places_: Sequence[str], names: Collection[str]) -> str:
    """The first screen none of whose form names is among `names`, "" when all are answered."""
    bases = {name.partition("@")[0] for name in names}
    for place in places_:
        if place == LAST:
            done = any(f.name in bases for f in step.fields if _on_last(f))
        else:
            done = any(f.form_name(place) in names for f in _on_screen(step))
        if not done:
            return place
    return ""


def _on_last(field: Field) -> bool:
    return field.type == "dots" or (not field.per and not field.shown_if)


def _on_screen(step: Step) -> list[Field]:
    return [f for f in step.fields if f.per == "item" and f.type != "dots"]


class SurveyPages(Frame):
    """The pages of such steps."""

    def items(self, who: Asker, step: Step) -> list[ItemShown]:
        """What the step asks this phone about. Suppliers never see what other suppliers have written."""
        format_ = self.reader.format()
        written = step.items not in format_.lists and any(s.id == step.items for s in format_.steps)
        if written and format_.audience == "suppliers":
            return []
        return ordered(self.reader.items(step.id, who.lang.code), step, who.participant)

    def given(self, who: Asker, step: Step) -> dict[str, list[str]]:
        """What this phone has answered in the step's present round, the latest of each name."""
        now, out = self.reader.session().step(step.id).round, {}
        for answer in reversed(self._mine(who, step)):
            if answer.round == now and not answer.withdrawn:
                for name, value in answer.fields.items():
                    out[name] = list(value) if isinstance(value, list) else [str(value)]
        return out

    def survey(self, who: Asker, step: Step, typed: Typed, place: str = "") -> Page:
        """One item with its questions, the last screen, or thanks when all has been answered."""
        context, items = self._step(who, step, typed), self.items(who, step)
        if not items:
            return Page("calm.html", context | {"view": "calm", "calm": "no_items"})
        given, all_ = self.given(who, step), places(step, items)
        asked = who.query.get("item", "")
        place = next((p for p in (place, asked) if p in all_), "") or first_open(step, all_, given)
        if not place:
            again = f"{context['home']}?item={all_[0]}"
            return Page("done.html", context | {"view": "done", "again": again})
        shown = Typed({**given, **typed.given}, typed.errors, typed.message)
        if place == LAST:
            return Page("dots.html", context | self._last(who, step, shown, items))
        answered = sum(any(f.form_name(i.value) in given for f in _on_screen(step)) for i in items)
        at = all_.index(place)
        around = (all_[at - 1] if at else "", all_[at + 1] if at + 1 < len(all_) else "")
        item = next(i for i in items if i.value == place)
        made = step.items not in self.reader.format().lists
        return Page(
            "survey.html",
            context
            | {
                "view": "need",
                "item": item,
                "made": made,
                "fields": [self._about(f, who, item, shown) for f in _on_screen(step)],
                "place": place,
                "around": around,
                "last": LAST,
                "answered": answered,
                "all_items": len(items),
                "corner": who.lang("{n} of {all}").format(n=at + 1, all=len(items)),
            },
        )

    def _last(self, who: Asker, step: Step, typed: Typed, items: Sequence[ItemShown]) -> dict[str, Any]:
        session = self.reader.session()
        dots = next((f for f in step.fields if f.type == "dots"), None)
        rows = [(i.label, self._show(dots, who, session, typed, i.value)) for i in items] if dots else []
        plain = [f for f in step.fields if not f.per and not f.shown_if]
        return {
            "view": "need",
            "dots_label": dots.label.get(who.lang.code) if dots else "",
            "dots_error": typed.errors.get(dots.name, "") if dots else "",
            "rows": rows,
            "fields": [self._show(f, who, session, typed) for f in plain],
            "back": places(step, items)[-2] if len(places(step, items)) > 1 else "",
        }

    def _about(self, field_: Field, who: Asker, item: ItemShown, typed: Typed) -> forms.Shown:
        """One question about an item; where the item has its own words for 1, 3 and 5 they stand in full."""
        shown = self._show(field_, who, self.reader.session(), typed, item.value)
        if shown.kind == "scale" and item.low:
            return replace(shown, low=item.low, middle=item.middle, high=item.high, anchors=True)
        return shown

    def others(self, who: Asker, step: Step, typed: Typed) -> dict[str, Any]:
        """What has been written in the step itself or is on its list, each with a place for this phone's mark."""
        marks = [f for f in step.fields if f.per == "item"]
        items = self.items(who, step) if marks else []
        if not items:
            return {"marks": [], "mark_way": "", "marks_error": "", "marks_label": ""}
        field_, session, mine = marks[0], self.reader.session(), self.given(who, step)
        shown = Typed({**mine, **typed.given})
        rows = [(i, self._show(field_, who, session, shown, i.value)) for i in items]
        return {
            "marks": rows,
            "mark_way": "marks" if field_.type == "bool" else "page",
            "marks_error": next((e for n, e in typed.errors.items() if n.split("@")[0] == field_.name), ""),
            "marks_label": field_.label.get(who.lang.code),
        }
