"""A whole room that answers whatever its format asks: sentences for journeys through any format."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.language import sentence
from workshop_app import actions
from workshop_app.cli.printed import print_and_count
from workshop_app.formats import Field, Step
from workshop_app.model.trouble import Refused
from workshop_app.store import queries


class Room:
    """Mixed into the drivers, which say how a phone joins and sends."""

    file: Any
    folder: Any

    @sentence("N phones join")
    def many_join(self, count: int) -> None:
        lobby = queries.format_of(self.file).lobby
        for n in range(count):
            told: dict[str, Any] = {"role": ("Drift", "Upphandlare", "Ledning")[n % 3], "relation": "work_in"}
            for field in lobby.fields:
                if field.required and field.name not in told:
                    told[field.name] = self.some(field, n, [])
            self.join(f"phone{n}", told)  # type: ignore[attr-defined]

    @sentence("everybody answers")
    def everybody(self) -> None:
        step = queries.format_of(self.file).step(queries.session(self.file).current_step)
        joined = [p.id for p in queries.participants(self.file)]
        for turn, form in enumerate(("plain", "items")):
            for n in range(len(joined)):
                for place, fields in enumerate(self._forms(step, n, form)):
                    key = f"{step.id} {queries.session(self.file).now_step.round} {n} {turn} {place}"
                    self.send(f"phone{n}", step.id, key, fields)  # type: ignore[attr-defined]

    @sentence("leader keeps N answers")
    def keeps(self, count: int) -> None:
        step = queries.session(self.file).current_step
        names = {f.name for f in queries.format_of(self.file).step(step).fields}
        for answer in [a for a in queries.answers(self.file, step) if names & set(a.fields)][:count]:
            fields = {k: " ".join(v) if isinstance(v, list) else v for k, v in answer.fields.items()}
            self.do(actions.outcome.keep, step=step, fields=fields, answer=answer.id)  # type: ignore[attr-defined]

    @sentence("leader writes T as W of what is kept")
    def writes_kept(self, text: str, field: str) -> None:
        step = queries.session(self.file).current_step
        last = queries.outcomes(self.file, step)[-1]
        self.do(actions.outcome.change, outcome=last.id, fields={field: text})  # type: ignore[attr-defined]

    @sentence("leader writes the need T")
    def writes_a_need(self, title: str) -> None:
        need = self.do(actions.need.new_need, title=title)  # type: ignore[attr-defined]
        told = {
            "who": "Barn",
            "function": "leka på torrt golv",
            "situation": "när det regnar",
            "effect": "ingen halkar",
        }
        self.do(actions.need.set_fields, need=need, **told)  # type: ignore[attr-defined]

    @sentence("leader numbers the draft T")
    def numbers_draft(self, text: str) -> None:
        self.do(actions.comment_round.set_draft, paragraphs=text.split("/"))  # type: ignore[attr-defined]

    @sentence("expect N comments, W may be published")
    def count_comments(self, count: int, whether: str) -> None:
        told = queries.comment_round(self.file)
        assert len(told.comments) == count
        assert (not told.waiting) == (whether == "all")
        if whether == "none":
            with pytest.raises(Refused):
                self.do(actions.comment_round.publish)  # type: ignore[attr-defined]

    @sentence("leader answers every comment")
    def answers_comments(self) -> None:
        waiting = [c.id for c in queries.comment_round(self.file).waiting]
        given = {"answer": "Tack, vi ändrar.", "by_role": "Upphandlare"}
        self.do(actions.comment_round.reply, comments=waiting, **given)  # type: ignore[attr-defined]

    @sentence("leader publishes the comment round")
    def publishes_comments(self) -> None:
        self.do(actions.comment_round.publish)  # type: ignore[attr-defined]
        assert queries.comment_round(self.file).final_at is not None

    @sentence("leader tells purpose, needs and invitation")
    def invites(self) -> None:
        self.do(actions.dialogue.set_terms, purpose="Lära av marknaden", needs_version=1)  # type: ignore[attr-defined]
        self.do(actions.dialogue.invite, channels="Öppen annons", invited_on="2026-03-02")  # type: ignore[attr-defined]

    @sentence("leader sets an agenda of N minutes")
    def sets_agenda(self, minutes: int) -> None:
        self.do(actions.dialogue.set_agenda, items=[{"title": "Behovet", "minutes": minutes}])  # type: ignore[attr-defined]

    @sentence("expect W cannot begin yet")
    def cannot_begin(self, step: str) -> None:
        before = queries.session(self.file).current_step
        with pytest.raises(Refused):
            self.do(actions.agenda.go_to, step=step)  # type: ignore[attr-defined]
        assert queries.session(self.file).current_step == before

    @sentence("leader sets W to T")
    def sets(self, key: str, text: str) -> None:
        self.do(actions.session.set_setting, key=key, value=text)  # type: ignore[attr-defined]

    @sentence("expect N kept at W")
    def kept_at(self, count: int, step: str) -> None:
        assert len(queries.outcomes(self.file, step)) == count

    @sentence("expect no more can be kept")
    def no_more(self) -> None:
        step = queries.format_of(self.file).step(queries.session(self.file).current_step)
        assert step.keeps == len(queries.outcomes(self.file, step.id))

    @sentence("expect N people at W")
    def people_at(self, count: int, step: str) -> None:
        assert queries.step_results(self.file, step).people == count

    @sentence("expect W at W shown for N")
    def shown_for(self, field: str, step: str, count: int) -> None:
        spreads = queries.step_results(self.file, step).spreads
        assert sum(name == field and bool(s.votes) for (name, _item), s in spreads.items()) == count

    @sentence("expect words to W at W")
    def words_to(self, field: str, step: str) -> None:
        assert queries.step_results(self.file, step).said
        assert all(s.words for s in queries.step_results(self.file, step).said if s.field == field)

    @sentence("expect dots at W")
    def dots_at(self, step: str) -> None:
        assert sum(queries.step_results(self.file, step).dots.values()) > 0

    @sentence("expect both rounds of W")
    def both_rounds(self, step: str) -> None:
        found = queries.step_results(self.file, step)
        assert found.first and set(found.first) == set(found.spreads)

    @sentence("expect a summary on paper")
    def summary_on_paper(self) -> None:
        format_ = queries.format_of(self.file)
        for edition in ("internal", "open"):
            summary = queries.summary(self.file, edition, format_.name.sv)
            target = self.folder / f"{edition}.pdf"
            assert print_and_count(summary, target).missing == ()
            assert target.read_bytes().startswith(b"%PDF")

    # What people say -----------------------------------------------------------------------------------

    def _forms(self, step: Step, n: int, form: str) -> Iterator[dict[str, Any]]:
        """What one phone sends: first what is asked once, then what is asked of each item, need or card."""
        items = [i.value for i in queries.items(self.file, step.id)]
        about = {
            "item": items,
            "need": [str(x.id) for x in queries.needs(self.file)],
            "card": [str(c) for c in list(queries.board(self.file).cards)[:1]],
        }
        if form == "plain":
            plain = {f.name: self.some(f, n, items) for f in step.fields if not f.per and not f.shown_if}
            if any(plain.values()):
                yield plain
            return
        dots = next((f for f in step.fields if f.type == "dots"), None)
        for kind, values in about.items():
            for value in values:
                told = {
                    f.form_name(value): self.some(f, n + place, items)
                    for place, f in enumerate(step.fields)
                    if f.per == kind and f.type != "dots"
                }
                if told:
                    yield told
        if dots is not None and about[dots.per]:
            yield {dots.form_name(value): "1" for value in about[dots.per][: dots.limit]}

    def some(self, field: Field, n: int, items: list[str]) -> Any:
        """A fitting answer to a field, another one for each phone."""
        if field.source == "needs":
            offered = [str(x.id) for x in queries.needs(self.file)]
        elif field.source == "goals":
            offered = [str(g.id) for g in queries.goals(self.file)]
        else:
            offered = [c.value for c in field.choices] or (items if field.source == "items" else [])
        if field.type in ("text", "area"):
            return f"Svar {n} om {field.name}"[: field.limit]
        if field.type == "many":
            return offered[n % max(len(offered), 1) :][:2]
        by_type = {"s5": str(n % 5 + 1), "int": str(n + 1), "bool": str(int(n % 2 == 0 or field.required))}
        return by_type.get(field.type) or (offered[n % len(offered)] if offered else "Annat")
