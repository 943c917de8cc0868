"""Three ways through the same journey: straight on the actions, over HTTP, and with the leader at the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.language import sentence
from tests.journeys.rooms import Room
from tests.journeys.sorting import SortingRoom
from workshop_app import actions, i18n
from workshop_app.actions import ask
from workshop_app.cli.phone import Phone
from workshop_app.cli.printed import print_and_count
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile
from workshop_app.web import server

# Why an answer was not received: what the journey calls it, the exception, the HTTP status.
REFUSALS: dict[str, tuple[type[Refused], int]] = {
    "closed": (ask.StepClosed, 403),
    "reused": (ask.KeyReused, 409),
    "incomplete": (ask.FieldTrouble, 422),
    "large": (ask.FieldTrouble, 413),
}


class Straight(SortingRoom, Room):
    """Everything as plain calls; the others change only how it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.phones: dict[str, Any] = {}
        self.keys: dict[str, tuple[str, str, dict[str, str]]] = {}
        self.codes: dict[str, str] = {}
        self.file: SessionFile

    def close(self) -> None:
        """Ends it; the file must then be whole."""
        self.file.close()
        assert check.findings(self.file.path) == []
        assert not self.file.path.with_name(self.file.path.name + "-wal").exists()

    def start(self) -> None:
        """What must run beside the open file."""

    def do(self, verb: actions.Action, **kwargs: Any) -> Any:
        """The leader does something."""
        return actions.do(self.file, verb, **kwargs)

    # The leader -----------------------------------------------------------------------------------------

    @sentence("leader opens W T asking T")
    def opens(self, format_id: str, title: str, question: str) -> None:
        self.file = actions.session.create(
            self.folder / "journey.behov", format_id=format_id, title=title, question=question,
            roles=["Drift", "Upphandlare", "Ledning"], missing=["hyresgäster"],
        )  # fmt: skip
        self.start()

    @sentence("leader goes to W")
    def goes_to(self, step: str) -> None:
        self.do(actions.agenda.go_to, step=step)

    @sentence("leader goes on")
    def goes_on(self) -> None:
        self.do(actions.agenda.next_step)

    @sentence("leader pauses the phones")
    def pauses(self) -> None:
        self.do(actions.agenda.pause_phones)

    @sentence("leader opens the phones")
    def unpauses(self) -> None:
        self.do(actions.agenda.open_phones)

    @sentence("leader opens another round")
    def another_round(self) -> None:
        self.do(actions.agenda.new_round)

    @sentence("leader rewords the question to T")
    def rewords(self, text: str) -> None:
        self.do(actions.session.reword_question, text=text)

    @sentence("leader types T from W")
    def types(self, text: str, source: str) -> None:
        self.do(actions.ask.type_card, text=text, source=source, role="Drift")

    @sentence("leader makes heap T of NS")
    def makes_heap(self, title: str, cards: Any) -> None:
        self.do(actions.group.new_heap, title=title, cards=_list(cards))

    @sentence("leader makes theme T of heap T")
    def makes_theme(self, title: str, heap: str) -> None:
        self.do(actions.group.new_theme, title=title, heaps=[self.heap(heap)])

    @sentence("leader moves NS to heap T")
    def moves(self, cards: Any, heap: str) -> None:
        self.do(actions.group.move_cards, cards=_list(cards), heap=self.heap(heap))

    @sentence("leader moves heap T to theme T")
    def moves_heap(self, heap: str, theme: str) -> None:
        self.do(actions.group.move_heap, heap=self.heap(heap), theme=self.theme(theme))

    @sentence("leader joins heap T into heap T")
    def joins_heaps(self, heap: str, into: str) -> None:
        self.do(actions.group.merge_heaps, into=self.heap(into), heaps=[self.heap(heap)])

    @sentence("leader parks NS")
    def parks(self, cards: Any) -> None:
        self.do(actions.group.park, cards=_list(cards))

    @sentence("leader hides NS because W")
    def hides(self, cards: Any, reason: str) -> None:
        self.do(actions.group.hide, cards=_list(cards), reason=reason)

    @sentence("leader brings back NS")
    def brings_back(self, cards: Any) -> None:
        self.do(actions.group.bring_back, cards=_list(cards))

    @sentence("leader joins NS into card N")
    def joins(self, cards: Any, into: int) -> None:
        self.do(actions.group.merge_cards, into=into, cards=_list(cards))

    @sentence("leader takes the suggestion")
    def takes_suggestion(self) -> None:
        actions.suggest.embed_pending(self.file)
        found = actions.suggest.for_file(self.file, everything=True)
        self.do(actions.group.apply_suggestion, suggestion=found)

    @sentence("leader writes need T from heap T")
    def writes_need(self, title: str, heap: str) -> None:
        self.do(actions.need.new_need, title=title, heap=self.heap(heap))

    @sentence("leader sets need N")
    def sets_need(self, number: int, *, pairs: dict[str, str]) -> None:
        self.do(actions.need.set_fields, need=self.need(number), **pairs)

    @sentence("leader says need N concerns T")
    def concerns(self, number: int, group: str) -> None:
        given = [{"group": group, "relation": "user", "consulted": "yes"}]
        self.do(actions.need.set_stakeholders, need=self.need(number), stakeholders=given)

    @sentence("leader adds goal T")
    def adds_goal(self, title: str) -> None:
        self.do(actions.goals.add_goals, titles=[title], source="Plan")

    @sentence("leader calls need N W")
    def calls(self, number: int, status: str) -> None:
        self.do(actions.need.set_status, need=self.need(number), status=status)

    @sentence("leader may not call need N W")
    def may_not_call(self, number: int, status: str) -> None:
        self.may_not(actions.need.set_status, need=self.need(number), status=status)

    @sentence("leader routes need N")
    def routes(self, number: int, *, pairs: dict[str, str]) -> None:
        self.do(actions.route.set_route, need=self.need(number), **pairs)

    @sentence("leader decides need N")
    def decides(self, number: int) -> None:
        self.do(actions.route.decide, need=self.need(number))

    @sentence("leader may not decide need N")
    def may_not_decide(self, number: int) -> None:
        self.may_not(actions.route.decide, need=self.need(number))

    def may_not(self, verb: actions.Action, **kwargs: Any) -> None:
        """A rule says no."""
        try:
            self.do(verb, **kwargs)
        except Refused as said:
            assert said.say(i18n.language("sv"))
            return
        raise AssertionError(f"{verb.name} was allowed")

    @sentence("leader undoes")
    def undoes(self) -> None:
        assert self.file.undo().result()

    @sentence("leader redoes")
    def redoes(self) -> None:
        assert self.file.redo().result()

    # The phones -----------------------------------------------------------------------------------------

    @sentence("phone W joins as T")
    def joins_as(self, name: str, role: str, *, pairs: dict[str, str] | None = None) -> None:
        fields = {"role": role, "organisation": "Ekmåla kommun", "relation": "work_in", **(pairs or {})}
        self.join(name, fields)

    @sentence("phone W writes T")
    def writes(self, name: str, text: str, *, pairs: dict[str, str] | None = None) -> None:
        fields = {"text": text, **(pairs or {})}
        step, key = self.step(), f"key {len(self.keys) + 1}"
        self.codes[text] = self.send(name, step, key, fields)
        self.keys[text] = (step, key, fields)

    @sentence("phone W writes T again")
    def writes_again(self, name: str, text: str) -> None:
        step, key, fields = self.keys[text]
        assert self.send(name, step, key, fields) == self.codes[text], "another receipt for the same key"

    @sentence("phone W reuses the key of T for T")
    def reuses(self, name: str, old: str, new: str) -> None:
        step, key, _fields = self.keys[old]
        self.refused(name, step, key, {"text": new}, "reused")

    @sentence("phone W writes T but it is W")
    def writes_refused(self, name: str, text: str, why: str) -> None:
        self.refused(name, self.step(), f"never {len(text)}", {"text": text}, why)

    @sentence("phone W sends to W but it is W")
    def sends_elsewhere(self, name: str, step: str, why: str, *, pairs: dict[str, str]) -> None:
        self.refused(name, step, "elsewhere", self.named(pairs), why)

    @sentence("phone W answers")
    def answers(self, name: str, *, pairs: dict[str, str]) -> None:
        self.send(name, self.step(), f"{name} {len(queries.answers(self.file))}", self.named(pairs))

    @sentence("phone W answers but it is W")
    def answers_refused(self, name: str, why: str, *, pairs: dict[str, str]) -> None:
        self.refused(name, self.step(), f"{name} no", self.named(pairs), why)

    def join(self, name: str, fields: dict[str, str]) -> None:
        key = f"join {name} {fields['role']}"
        actions.do(self.file, ask.join, by="phone", participant=name, fields=fields, language="sv", key=key)
        self.phones[name] = name

    def send(self, name: str, step: str, key: str, fields: dict[str, str]) -> str:
        """One answer; gives its receipt."""
        who = self.phones.get(name)
        common = {"step": step, "key": key, "participant": who, "fields": fields, "language": "sv"}
        return str(actions.do(self.file, ask.receive, by="phone", **common).code)

    def refused(self, name: str, step: str, key: str, fields: dict[str, str], why: str) -> None:
        """One answer that must not be stored."""
        before = len(queries.answers(self.file))
        try:
            self.send(name, step, key, fields)
        except REFUSALS[why][0] as said:
            assert said.say(i18n.language("sv"))
        else:
            raise AssertionError("it was received")
        assert len(queries.answers(self.file)) == before

    # What must be true ----------------------------------------------------------------------------------

    @sentence("expect step W")
    def at_step(self, step: str) -> None:
        assert self.step() == step

    @sentence("expect N cards")
    def so_many_cards(self, count: int) -> None:
        assert len(self.see(queries.board).cards) == count

    @sentence("expect N answers at W")
    def so_many_answers(self, count: int, step: str) -> None:
        assert len(queries.answers(self.file, step)) == count

    @sentence("expect card N says T")
    def card_says(self, number: int, text: str) -> None:
        assert self.see(queries.board).cards[number].text == text

    @sentence("expect card N is W")
    def card_is(self, number: int, state: str) -> None:
        assert self.see(queries.board).cards[number].state == state

    @sentence("expect card N is true for N more")
    def true_for(self, number: int, count: int) -> None:
        assert self.see(queries.board).cards[number].me_too == count

    @sentence("expect heap T holds NS")
    def heap_holds(self, heap: str, cards: Any) -> None:
        found = self.see(queries.board).heap(self.heap(heap))
        assert sorted(c.id for c in found.cards) == sorted(_list(cards))

    @sentence("expect no heap T")
    def no_heap(self, title: str) -> None:
        assert title not in [h.title for h in self.see(queries.board).heaps]

    @sentence("expect N themes")
    def so_many_themes(self, count: int) -> None:
        assert len(self.see(queries.board).themes) == count

    @sentence("expect at least N themes")
    def at_least_themes(self, count: int) -> None:
        assert len(self.see(queries.board).themes) >= count

    @sentence("expect N needs")
    def so_many_needs(self, count: int) -> None:
        assert len(self.see(queries.needs)) == count

    @sentence("expect need N is W")
    def need_is(self, number: int, status: str) -> None:
        assert next(n for n in self.see(queries.needs) if n.number == number).status == status

    @sentence("expect need N rests on NS")
    def rests_on(self, number: int, cards: Any) -> None:
        found = next(n for n in self.see(queries.needs) if n.number == number)
        assert [e.card for e in found.evidence] == _list(cards)

    @sentence("expect need N has median W for W")
    def has_median(self, number: int, median: Any, criterion: str) -> None:
        assert self.see(queries.ratings)[self.need(number)].spreads[criterion].median == float(median)

    @sentence("expect question version N understood by N of N")
    def understood_by(self, version: int, yes: int, of: int) -> None:
        found = queries.understood(self.file, version)
        assert (found["yes"], sum(found.values())) == (yes, of)

    @sentence("expect books")
    def books(self, *, pairs: dict[str, str]) -> None:
        balance = queries.balance(self.file)
        assert balance.balanced
        given = {place: n for place, n in balance.places.items() if n}
        assert given == {place: int(n) for place, n in pairs.items()}

    @sentence("expect all cards on paper")
    def on_paper(self) -> None:
        summary = queries.summary(self.file, "internal", "Behovsidentifiering")
        counted = print_and_count(summary, self.folder / "journey.pdf")
        assert counted.missing == () and counted.found == len(summary.cards)

    @sentence("expect the file opens again the same")
    def opens_again(self) -> None:
        before = queries.board(self.file), queries.needs(self.file), queries.answers(self.file)
        copy = self.file.backup("journey")
        assert copy is not None
        with SessionFile.read(copy) as opened:
            assert (queries.board(opened), queries.needs(opened), queries.answers(opened)) == before

    # Names ----------------------------------------------------------------------------------------------

    def see(self, query: Callable[..., Any]) -> Any:
        """What somebody sees."""
        return query(self.file)

    def step(self) -> str:
        """The step the room is in."""
        return queries.session(self.file).current_step

    def heap(self, title: str) -> int:
        """A heap by its name."""
        return next(h.id for h in queries.board(self.file).heaps if h.title == title)

    def theme(self, title: str) -> int:
        """A theme by its name."""
        return next(t.id for t in queries.board(self.file).themes if t.title == title)

    def need(self, number: int) -> int:
        """A need by its number."""
        return next(n.id for n in queries.needs(self.file) if n.number == number)

    def named(self, pairs: dict[str, str]) -> dict[str, str]:
        """Form names: `benefit@need1` is about need number 1, `me_too@3` about card 3."""
        out = {}
        for name, value in pairs.items():
            base, _, item = name.partition("@need")
            out[f"{base}@{self.need(int(item))}" if item else name] = value
        return out


def _list(numbers: Any) -> list[int]:
    return numbers if isinstance(numbers, list) else [numbers]


class OverHttp(Straight):
    """The phones are phones: a real server, real requests, cookies and one-time keys."""

    def start(self) -> None:
        self.server = server.start(self.file, rate_limit=False)

    def close(self) -> None:
        for phone in self.phones.values():
            phone.close()
        self.server.stop()
        super().close()

    def phone(self, name: str) -> Phone:
        """The phone of this name, one that never joined if need be."""
        if name not in self.phones:
            self.phones[name] = Phone(self.server.url, len(self.phones), "", "", "")
            self.phones[name].look()
        return self.phones[name]

    def join(self, name: str, fields: dict[str, str]) -> None:
        phone = self.phone(name)
        status, answer = phone.post(
            queries.format_of(self.file).lobby.id, {**fields, "key": f"join {name} {fields['role']}"}
        )
        assert status in (200, 201), answer

    def send(self, name: str, step: str, key: str, fields: dict[str, str]) -> str:
        phone = self.phone(name)
        assert "<html" in phone.look()
        status, answer = phone.post(step, {**fields, "key": key})
        assert status in (200, 201), answer
        return str(answer["receipt"])

    def send_form(self, name: str, step: str, key: str, fields: dict[str, str]) -> None:
        self.send(name, step, key, fields)

    def refused_form(self, name: str, step: str, key: str, fields: dict[str, str]) -> None:
        self.refused(name, step, key, fields, "closed")

    def refused(self, name: str, step: str, key: str, fields: dict[str, str], why: str) -> None:
        before = len(queries.answers(self.file))
        status, answer = self.phone(name).post(step, {**fields, "key": key})
        assert status == REFUSALS[why][1] and answer["message"], (status, answer)
        assert len(queries.answers(self.file)) == before


class AtTheWindow(OverHttp):
    """The leader presses keys in the real window, offscreen; what is expected is read as the window reads it."""

    def __init__(self, folder: Path, window: Any, helpers: Any, qt: Any) -> None:
        super().__init__(folder)
        self.window, self.helpers, self.qt = window, helpers, qt

    def start(self) -> None:
        super().start()
        self.window.open_file(self.file)
        self.window.resize(1440, 900)
        self.window.show()
        self.settle()

    def close(self) -> None:
        for phone in self.phones.values():
            phone.close()
        self.server.stop()
        path = self.file.path
        self.helpers.end(self.window)
        assert check.findings(path) == []

    @property
    def cockpit(self) -> Any:
        """The open session's window part."""
        return self.window.cockpit

    def settle(self) -> None:
        """Lets everything asked for happen and be shown."""
        self.file.submit(lambda _tx: None, who="program").result(10)
        self.helpers.settle(self.window.bridge)
        self.helpers.settle(self.window.bridge)

    def do(self, verb: actions.Action, **kwargs: Any) -> Any:
        """Through the window's own seam, as its pages do; what they would be told is given back."""
        landed: list[Any] = []
        told: list[tuple[str, str]] = []
        bridge = self.window.bridge

        def hear(kind: str, words: str) -> None:
            told.append((kind, words))

        bridge.said.connect(hear)
        bridge.do(verb, landed.append, **kwargs)
        self.helpers.wait_for(lambda: landed or any(kind != "undo" for kind, _ in told))
        bridge.said.disconnect(hear)
        self.settle()
        if not landed:
            raise Refused("{words}", words=told[-1][1])
        return landed[0]

    def press(self, key: str, modifier: str = "NoModifier") -> None:
        """A key in the window."""
        keys = self.qt.Key, self.qt.KeyboardModifier
        self.helpers.press(self.window, getattr(keys[0], f"Key_{key}"), getattr(keys[1], modifier))
        self.settle()

    def goes_on(self) -> None:
        before = self.step()
        for _ in range(2):  # the second time when there was time left
            if self.step() == before:
                self.press("PageDown")
        assert self.step() != before
        assert self.cockpit.page.step.id == self.step(), "the stage shows the room's step"

    def undoes(self) -> None:
        self.press("Z", "ControlModifier")

    def redoes(self) -> None:
        self.press("Y", "ControlModifier")

    def makes_heap(self, title: str, cards: Any) -> None:
        page = self.cockpit.page
        if not hasattr(page, "chosen"):
            super().makes_heap(title, cards)
            return
        before = {h.id for h in queries.board(self.file).heaps}
        page.chosen.take(_list(cards))
        page.view.setFocus()
        self.press("G")
        (made,) = [h.id for h in queries.board(self.file).heaps if h.id not in before]
        self.do(actions.group.rename_heap, heap=made, title=title)

    def parks(self, cards: Any) -> None:
        page = self.cockpit.page
        if not hasattr(page, "chosen"):
            super().parks(cards)
            return
        page.chosen.take(_list(cards))
        page.view.setFocus()
        self.press("P")

    def see(self, query: Callable[..., Any]) -> Any:
        self.settle()
        shown = self.window.bridge.get(query)
        assert shown == query(self.file), "the window shows something old"
        return shown
