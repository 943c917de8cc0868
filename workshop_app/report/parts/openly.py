"""What the steps came to in the open edition of a format that keeps its words: the figures that the open data gives too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, zip_longest
from typing import Any

from workshop_app.formats import Field, Step
from workshop_app.report.charts import Histograms
from workshop_app.report.document import Block, Cell, Columns, Figure, Heading, Para, Section, Table, say
from workshop_app.report.edition import View


@dataclass(frozen=True)
class OpenStep:
    """One step of `View.open_results`, with its labels in the reader's language."""

    view: View
    told: Mapping[str, Any]

    @cached_property
    def step(self) -> Step | None:
        """The step of the format."""
        return self.view.format.step(self.told["step"]) if self.view.format else None

    @cached_property
    def _things(self) -> dict[str, str]:
        form = self.view.format
        listed = form.lists.get(self.step.items, ()) if form and self.step else ()
        at = self.view.summary.session.language
        return {item.label.get(at): item.label.get(self.view.lang.code) for item in listed}

    @property
    def title(self) -> str:
        """The step's title."""
        return self.step.title.get(self.view.lang.code) if self.step else str(self.told["title"])

    def _field(self, name: str) -> Field | None:
        return self.step.field(name) if self.step else None

    def question(self, part: Mapping[str, Any]) -> str:
        """What was asked."""
        field = self._field(part["field"])
        return field.label.get(self.view.lang.code) if field else str(part["question"])

    def thing(self, part: Mapping[str, Any]) -> str:
        """Of what it was asked, "" where it was asked once."""
        return self.named(part.get("of", ""))

    def named(self, thing: str) -> str:
        """What a thing that was asked about is called."""
        return self._things.get(thing, thing)

    def answer(self, name: str, value: str) -> str:
        """An answer to a field as its reader says it."""
        field, lang = self._field(name), self.view.lang
        if field is not None and field.type == "bool":
            return lang("yes")
        known = {c.value: c.label.get(lang.code) for c in field.choices} if field else {}
        return known.get(value, self.named(value))


def sections(view: View, title: str) -> list[Section]:
    """The figures of each step, in the order of the format: no order of weight, no groups and no words."""
    intro = view.lang(
        "Figures alone, where at least three have answered. What was written stays with the room."
    )
    blocks: list[Block] = [Heading(title, 1), Para(say(intro), "lead")]
    for told in view.open_results:
        one = OpenStep(view, told)
        blocks += [Heading(one.title), *_scales(one), *_choices(one), *_dots(one), *_numbers(one)]
    return [Section("outcome", title, tuple(blocks), title, view.summary.format_name)]


def _asked(part: Mapping[str, Any]) -> str:
    return str(part["field"])


def _scales(one: OpenStep) -> Iterator[Block]:
    for _field, group in groupby(one.told.get("scales", ()), key=_asked):
        parts = list(group)
        yield Para(say(one.question(parts[0])), "label")
        for left, right in zip_longest(parts[::2], parts[1::2]):
            yield Columns(_scale(one, left), _scale(one, right) if right else ())


def _scale(one: OpenStep, part: Mapping[str, Any]) -> tuple[Block, ...]:
    lang, thing = one.view.lang, one.thing(part)
    votes = tuple(int(value) for value, n in part["votes"].items() for _ in range(n))
    words = lang("Median {median}").format(median=one.view.figure(part["median"]))
    if unknown := part["dont_know"]:
        words += ", " + lang.plural("{n} answered don't know", "{n} answered don't know", unknown)
    drawing = Figure(Histograms(((lang("Everyone"), votes),)), ", ".join(map(str, votes)))
    return (*([Heading(thing, 3)] if thing else []), drawing, Para(say(f"{words}."), "note"))


def _choices(one: OpenStep) -> Iterator[Block]:
    for _field, group in groupby(one.told.get("choices", ()), key=_asked):
        parts = list(group)
        question = one.question(parts[0])
        values = list(dict.fromkeys(value for part in parts for value in part["counts"]))
        answers = [one.answer(parts[0]["field"], value) for value in values]
        if not any("of" in part for part in parts):
            counted = zip(answers, (parts[0]["counts"][value] for value in values), strict=True)
            words = "; ".join(f"{answer}: {n}" for answer, n in counted)
            yield Para((*say(f"{question} ", bold=True), *say(words)))
            continue
        rows = tuple(
            (Cell(say(one.thing(part))), *(Cell(say(str(part["counts"].get(v, 0) or "–"))) for v in values))
            for part in parts
        )
        share = min(0.6 / max(len(values), 1), 0.15)
        widths = (1 - share * len(values), *(share,) * len(values))
        yield Table((question, *answers), rows, widths, frozenset(range(1, len(values) + 1)))


def _dots(one: OpenStep) -> Iterator[Block]:
    if dots := one.told.get("dots"):
        rows = tuple((Cell(say(one.named(thing))), Cell(say(str(n)))) for thing, n in dots.items())
        lang = one.view.lang
        yield Table((lang("Of what"), lang("Dots")), rows, (0.85, 0.15), frozenset((1,)))


def _numbers(one: OpenStep) -> Iterator[Block]:
    lang = one.view.lang
    for part in one.told.get("numbers", ()):
        words = lang("{n} answers, median {median}").format(
            n=part["answers"], median=one.view.figure(float(part["median"]))
        )
        yield Para((*say(f"{one.question(part)} ", bold=True), *say(words)))
