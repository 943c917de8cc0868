"""Undo to any depth: whatever the leader did and whatever the phones sent between, undo gives back what was there."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop_app import actions
from workshop_app.actions.tables import Laid
from workshop_app.model.trouble import Refused
from workshop_app.store import archive, queries, schema
from workshop_app.store.session_file import SessionFile

group, need, goals, route, session, agenda = (
    actions.group, actions.need, actions.goals, actions.route, actions.session, actions.agenda,
)  # fmt: skip
dialogue, meeting, question_list = actions.dialogue, actions.meeting, actions.question_list
comments = actions.comment_round
Picked = Callable[[str, int], int]
Verb = tuple[actions.Action, Callable[[Picked, int, int], dict[str, Any]]]

# Each desk action with arguments from two drawn numbers; `p("heap", n)` picks an id there is (or one there is not).
VERBS: tuple[Verb, ...] = (
    (group.new_heap, lambda p, a, b: {"title": f"H{a}", "cards": [p("card", a), p("card", b)]}),
    (group.new_heap, lambda p, a, b: {"cards": [p("card", a)], "theme": p("theme", b)}),
    (group.new_theme, lambda p, a, b: {"title": f"T{a}", "heaps": [p("heap", b)]}),
    (group.move_cards, lambda p, a, b: {"cards": [p("card", a)], "heap": p("heap", b)}),
    (group.move_cards_to_theme, lambda p, a, b: {"cards": [p("card", a)], "theme": p("theme", b)}),
    (group.take_out, lambda p, a, b: {"cards": [p("card", a), p("card", b)]}),
    (group.park, lambda p, a, b: {"cards": [p("card", a)], "reason": "sen" if b % 2 else ""}),
    (group.hide, lambda p, a, b: {"cards": [p("card", a)], "reason": "noise"}),
    (group.bring_back, lambda p, a, b: {"cards": [p("card", a)]}),
    (group.rename_heap, lambda p, a, b: {"heap": p("heap", a), "title": f"R{b}"}),
    (group.rename_theme, lambda p, a, b: {"theme": p("theme", a), "title": f"R{b}"}),
    (group.move_heap, lambda p, a, b: {"heap": p("heap", a), "theme": p("theme", b) if b % 3 else None}),
    (group.merge_cards, lambda p, a, b: {"into": p("card", a), "cards": [p("card", b)]}),
    (group.unmerge, lambda p, a, b: {"card": p("card", a)}),
    (group.merge_heaps, lambda p, a, b: {"into": p("heap", a), "heaps": [p("heap", b)]}),
    (group.merge_themes, lambda p, a, b: {"into": p("theme", a), "themes": [p("theme", b)]}),
    (group.split_heap, lambda p, a, b: {"heap": p("heap", a), "cards": [p("card", b)], "title": "S"}),
    (group.remove_heap, lambda p, a, b: {"heap": p("heap", a)}),
    (group.remove_theme, lambda p, a, b: {"theme": p("theme", a)}),
    (group.set_missing_voice, lambda p, a, b: {"theme": p("theme", a), "text": f"röst {b}"}),
    (actions.theme_order.rank, lambda p, a, b: {"themes": [p("theme", a), p("theme", b)]}),
    (actions.theme_order.let_wait, lambda p, a, b: {"theme": p("theme", a), "why": "nästa år" * (b % 3)}),
    (actions.theme_order.write_why, lambda p, a, b: {"theme": p("theme", a), "why": f"skäl {b}"}),
    (need.new_need, lambda p, a, b: {"title": f"N{a}", "heap": p("heap", a), "cards": [p("card", b)]}),
    (need.set_fields, lambda p, a, b: {"need": p("need", a), "who": f"v{b}", "effect": "å'\"\\ä"}),
    (need.add_evidence, lambda p, a, b: {"need": p("need", a), "cards": [p("card", b)]}),
    (need.remove_evidence, lambda p, a, b: {"need": p("need", a), "cards": [p("card", b)]}),
    (need.set_stakeholders, lambda p, a, b: {"need": p("need", a), "stakeholders": [{"group": f"g{b}"}]}),
    (need.waive, lambda p, a, b: {"need": p("need", a), "rule": "N01", "field": "who", "reason": f"r{b}"}),
    (need.unwaive, lambda p, a, b: {"need": p("need", a), "rule": "N01", "field": "who"}),
    (need.set_status, lambda p, a, b: {"need": p("need", a), "status": "wish" if b % 2 else "draft"}),
    (need.split_need, lambda p, a, b: {"need": p("need", a), "cards": [p("card", b)], "title": "Delat"}),
    (need.merge_needs, lambda p, a, b: {"into": p("need", a), "needs": [p("need", b)]}),
    (need.remove_need, lambda p, a, b: {"need": p("need", a)}),
    (goals.add_goals, lambda p, a, b: {"titles": [f"mål {a % 3}"], "source": "plan"}),
    (goals.set_goals, lambda p, a, b: {"need": p("need", a), "goals": [p("goal", b)]}),
    (goals.remove_goal, lambda p, a, b: {"goal": p("goal", a)}),
    (goals.set_no_goal, lambda p, a, b: {"need": p("need", a), "value": bool(b % 2)}),
    (route.set_route, lambda p, a, b: {"need": p("need", a), "route": "parked", "review_date": f"2026-0{b % 9 + 1}-01"}),
    (session.set_cover, lambda p, a, b: {"title": f"Titel {a}", "place": "Ekmåla"}),
    (session.reword_question, lambda p, a, b: {"text": f"Fråga {a % 4}?"}),
    (session.set_missing, lambda p, a, b: {"missing": [f"röst {a % 3}", "barn"]}),
    (session.set_setting, lambda p, a, b: {"key": f"k{a % 2}", "value": str(b)}),
    (actions.piles.use_piles, lambda p, a, b: {"places": {p("heap", a): (a, b), p("heap", b): (b, a)}}),
    (actions.paper_piles.enter_piles, lambda p, a, b: {"piles": [[p("card", a), p("card", 1)], [p("card", b), p("card", 2)]]}),
    (actions.tables.set_tables, lambda p, a, b: {"names": [f"Bord {n}" for n in range(a % 4)]}),
    (actions.tables.lay_out, lambda p, a, b: {"heaps": [Laid((p("card", a), p("card", b)), p("card", a), f"Hög {b}", ())]}),
    (actions.pairs.join, lambda p, a, b: {"a": p("card", a), "b": p("card", b)}),
    (actions.pairs.keep_apart, lambda p, a, b: {"a": p("card", a), "b": p("card", b)}),
    (actions.piles.use_columns, lambda p, a, b: {}),
    (actions.piles.lay_heap, lambda p, a, b: {"heap": p("heap", a), "x": a * 9, "y": b - 20}),
    (agenda.add_minutes, lambda p, a, b: {"minutes": a % 11 - 5}),
    (agenda.pause_phones, lambda p, a, b: {}),
    (agenda.open_phones, lambda p, a, b: {}),
    (agenda.new_round, lambda p, a, b: {}),
    (actions.rate.hand_votes, lambda p, a, b: {"need": p("need", a), "criterion": "risk", "votes": {str(b % 5 + 1): 2}}),
    (actions.rate.paper_form, lambda p, a, b: {"need": p("need", a), "given": {"risk": str(b % 5 + 1)}, "dots": b % 3}),
    (actions.rate.hand_dots, lambda p, a, b: {"need": p("need", a), "dots": b % 9}),
    (actions.rate.hand_recognition, lambda p, a, b: {"need": p("need", a), "counts": {"yes": b % 4, "no": 1}}),
    (actions.rate.hand_understood, lambda p, a, b: {"counts": {"yes": a % 20, "partly": b % 3}}),
    (actions.ask.type_card, lambda p, a, b: {"text": f"från papper {a}", "role": "Drift", "number": str(b % 9 + 1)}),
    (actions.paper.correct, lambda p, a, b: {"card": p("card", a), "text": f"rättat {b}"}),
    (actions.sheet.write, lambda p, a, b: {"sheet": "risks", "need": p("need", a) if b % 2 else None, "fields": {"what": "r"}}),
    (actions.sheet.write, lambda p, a, b: {"sheet": "risks", "row": p("sheet_row", a), "fields": {"what": "x" * (b % 4)}}),
    (actions.sheet.write, lambda p, a, b: {"sheet": "life_cycle", "item": "saved", "fields": {"amount": "5" * (b % 4)}}),
    (actions.sheet.fetch, lambda p, a, b: {"sheet": "communication", "once": {}, "rows": [{"group": f"g{a}"}]}),
    (actions.sheet.move, lambda p, a, b: {"row": p("sheet_row", a), "to": b % 3}),
    (actions.sheet.drop, lambda p, a, b: {"row": p("sheet_row", a)}),
    (actions.carry.note_happened, lambda p, a, b: {"need": p("need", a), "status": ("done", "moved", "not_yet")[b % 3]}),
    (dialogue.set_terms, lambda p, a, b: {"purpose": f"Syfte {a}", "needs_version": b % 3 + 1}),
    (dialogue.invite, lambda p, a, b: {"channels": f"Webb {a}", "invited_on": f"2026-03-0{b % 9 + 1}"}),
    (dialogue.add_buyer, lambda p, a, b: {"role": f"Jurist {a}", "interests": "Inga"}),
    (dialogue.remove_buyer, lambda p, a, b: {"buyer": a % 3 + 1}),
    (dialogue.register, lambda p, a, b: {"name": f"Bolag {a % 6}", "type": ("small", "large", "fel")[b % 3]}),
    (dialogue.change_supplier, lambda p, a, b: {"supplier": a % 4 + 1, "status": ("present", "declined")[b % 2]}),
    (dialogue.remove_supplier, lambda p, a, b: {"supplier": a % 4 + 1}),
    (dialogue.add_material, lambda p, a, b: {"title": f"B{a}", "version": "1", "sha256": "0" * 64, "size": b}),
    (dialogue.give, lambda p, a, b: {"what": ("material", "answer")[b % 2], "id": a % 3 + 1, "suppliers": [1, 2]}),
    (dialogue.give_all, lambda p, a, b: {"what": "material", "id": a % 3 + 1}),
    (dialogue.set_agenda, lambda p, a, b: {"items": [{"title": f"Punkt {a}", "minutes": b % 9}]}),
    (actions.rfi.set_rfi, lambda p, a, b: {"issued": "2026-05-01", "needs": [p("need", a)], "questions": [f"Fråga {a}?"]}),
    (actions.project.set_phase, lambda p, a, b: {"phase": ("market", "contract", "x")[b % 3]}),
    (actions.project.set_name, lambda p, a, b: {"name": f"Projekt {a % 5}"}),
    (actions.project.set_stages, lambda p, a, b: {"stages": [("Ansökningar", a), ("Kvar", b)]}),
    (comments.set_round, lambda p, a, b: {"title": f"Utkast {a}", "closes_on": f"2026-05-0{b % 9 + 1}"}),
    (comments.set_draft, lambda p, a, b: {"paragraphs": [f"Stycke {a}", f"Stycke {b}"]}),
    (comments.add, lambda p, a, b: {"paragraph": a % 3, "kind": "unclear", "text": f"Vad menas {b}?"}),
    (comments.reply, lambda p, a, b: {"comments": [a % 4 + 1], "answer": f"Svar {b}", "by_role": "Jurist"}),
    (comments.add_all, lambda p, a, b: {"rows": [{"paragraph": 1, "kind": "good", "text": f"Bra {a}"}], "name": "x"}),
    (comments.reopen, lambda p, a, b: {}),
    (comments.drop, lambda p, a, b: {"comment": a % 4 + 1}),
    (dialogue.judge, lambda p, a, b: {"supplier": a % 4 + 1, "text": "Bra", "score": b % 7}),
    (meeting.add_slots, lambda p, a, b: {"slots": [{"supplier": a % 4 + 1, "starts_at": f"2026-03-10 1{b % 9}:00"}]}),
    (meeting.cancel_slot, lambda p, a, b: {"slot": a % 4 + 1, "reason": "Sjuk"}),
    (question_list.ask, lambda p, a, b: {"question": f"Fråga {a}?", "raised_in": "phone"}),
    (question_list.reply, lambda p, a, b: {"entry": a % 4 + 1, "answer": f"Svar {b}", "by_role": "Jurist"}),
    (question_list.promise, lambda p, a, b: {"entry": a % 4 + 1, "on": f"2026-04-0{b % 9 + 1}"}),
    (question_list.reword, lambda p, a, b: {"entry": a % 4 + 1, "question": f"Annan {b}?"}),
    (question_list.about, lambda p, a, b: {"entry": a % 4 + 1, "need": p("need", b)}),
    (question_list.same, lambda p, a, b: {"entry": a % 4 + 1, "as_": b % 4 + 1 if b % 5 else None}),
)  # fmt: skip
UNDO, REDO, PHONE, VOTE = range(len(VERBS), len(VERBS) + 4)


class Desk:
    """A leader and phones at work on one file, with a memory of how it looked before each step."""

    def __init__(self, path: Path) -> None:
        self.file = actions.session.create(path, format_id="needs_identification", title="T", question="Vad?")
        actions.do(self.file, agenda.go_to, by="program", step="challenges")
        self.sent = 0
        for _ in range(4):
            self.phone()
        self.before: list[dict[str, Any]] = []
        self.after: list[dict[str, Any]] = []
        self.from_phones: dict[str, dict[str, Any]] = {"card": {}, "answer": {}, "rating": {}}

    def close(self) -> None:
        self.file.close()

    def dump(self) -> dict[str, dict[str, Any]]:
        """Every undoable row by table and content key."""
        return {
            t: {repr(self._key(r)): r for r in rows}
            for t, rows in archive.dump(self.file).items()
            if t in schema.UNDOABLE
        }

    @staticmethod
    def _key(row: dict[str, Any]) -> object:
        return row.get("id", row.get("version", sorted((k, v) for k, v in row.items() if k.endswith("_id"))))

    def ids(self, table: str) -> list[int]:
        board = queries.board(self.file)
        found = {
            "card": list(board.cards),
            "heap": [h.id for h in board.heaps],
            "theme": [t.id for t in board.themes],
            "need": [n.id for n in queries.needs(self.file)],
            "sheet_row": [r.id for r in queries.sheet_rows(self.file) if not r.item],
            "goal": [g.id for g in queries.goals(self.file)],
        }[table]
        return sorted(found)

    def pick(self, table: str, number: int) -> int:
        known = self.ids(table)
        return known[number % len(known)] if known and number % 17 else 999

    def depth(self) -> tuple[int, int]:
        writer = self.file._writer
        assert writer is not None
        return len(writer.undo.done), len(writer.undo.undone)

    def act(self, which: int, a: int, b: int) -> None:
        verb, arguments = VERBS[which]
        was, depth = self.dump(), self.depth()[0]
        try:
            actions.do(self.file, verb, **arguments(self.pick, a, b))
        except Refused:
            assert self.dump() == was, f"{verb.name} refused and changed something"
            return
        if self.depth()[0] > depth:
            assert self.file.undo_label == verb.label and not self.depth()[1]
            self.before.append(was)
            self.after.clear()
        else:
            assert self.dump() == was, f"{verb.name} changed something that cannot be undone"

    def undo(self) -> None:
        self._step(self.file.undo, self.before, self.after)

    def redo(self) -> None:
        self._step(self.file.redo, self.after, self.before)

    def _step(self, go: Callable[[], Any], stack: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
        was = self.dump()
        try:
            label = go().result()
        except Refused:
            assert self.dump() == was, "a step that was refused changed something"
            return
        assert bool(label) == bool(stack)
        if stack:
            assert self.dump() == self.with_phones(stack.pop())
            other.append(was)
        else:
            assert self.dump() == was

    def with_phones(self, dump: dict[str, Any]) -> dict[str, Any]:
        """What the phones have sent since stays, however far back the leader goes."""
        return {**dump, **{t: {**rows, **dump[t]} for t, rows in self.from_phones.items()}}

    def sends(self, verb: actions.Action, **kwargs: Any) -> None:
        """Something from a phone: never undone, and as it was when it came."""
        was = self.dump()
        try:
            actions.do(self.file, verb, by="phone", **kwargs)
        except Refused:
            return
        now = self.dump()
        for table, rows in getattr(self, "from_phones", {}).items():
            rows.update({k: row for k, row in now[table].items() if k not in was[table]})

    def phone(self) -> None:
        self.sent += 1
        fields = {"text": f"kort {self.sent} 'citat' \"å\" \\ ; --"}
        common = {"step": "challenges", "participant": None, "language": "sv"}
        self.sends(actions.ask.receive, key=f"k{self.sent}", fields=fields, **common)

    def vote(self, a: int, b: int) -> None:
        """A vote that a need's removal must respect, as if the phones were at another step."""
        known = self.ids("need")
        if known:
            votes = {str(b % 5 + 1): 1}
            self.sends(actions.rate.hand_votes, need=known[a % len(known)], criterion="benefit", votes=votes)

    def play(self, moves: list[tuple[int, int, int]]) -> None:
        for which, a, b in moves:
            if which < len(VERBS):
                self.act(which, a, b)
            elif which == UNDO:
                self.undo()
            elif which == REDO:
                self.redo()
            elif which == PHONE:
                self.phone()
            else:
                self.vote(a, b)
        texts = {a.key: a.text for a in queries.answers(self.file) if a.source == "phone"}
        assert all(
            texts[f"k{n}"].startswith(f"kort {n} ") for n in range(1, self.sent + 1) if f"k{n}" in texts
        )
        assert queries.balance(self.file).balanced


number = st.integers(0, 60)
move = st.one_of(
    st.tuples(st.integers(0, len(VERBS) - 1), number, number),
    st.tuples(st.sampled_from([UNDO, UNDO, REDO, PHONE, VOTE]), number, number),
)


def played(moves: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "x.behov")
        try:
            desk.play(moves)
        finally:
            desk.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(move, min_size=15, max_size=40))
def test_undo_and_redo_give_back_what_was_there(moves: list[tuple[int, int, int]]) -> None:
    played(moves)


@pytest.mark.long
@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@given(st.lists(move, min_size=40, max_size=60))
def test_ten_thousand_desk_actions(moves: list[tuple[int, int, int]]) -> None:
    played(moves)


def test_every_undoable_action_is_in_the_game() -> None:
    played_with = {verb.name for verb, _ in VERBS}
    elsewhere = {  # time-bound, or with arguments of their own: tested one by one
        "agenda.go_to", "agenda.next_step", "agenda.previous_step", "agenda.start_clock", "agenda.pause_clock",
        "agenda.resume_clock", "agenda.set_minutes", "group.apply_suggestion", "route.decide",
        "dialogue.new_round", "dialogue.reopen", "meeting.note", "question_list.correct",  # after a meeting
        "outcome.keep", "outcome.change", "outcome.move", "outcome.drop",  # in formats that keep something
        "route.reopen", "ask.mute", "ask.unmute", "group.let_through", "blackout.black_out", "blackout.black_out_contact",
        "sort.start", "sort.pause", "sort.resume", "sort.add_seconds", "sort.stop", "merge.mark_same", "library.take",
        "scribe.take_over", "scribe.take_field", "project.follow", "one_person.unite",
            "session.set_roles", "session.set_organisations", "session.finish_version",
    }  # fmt: skip
    undoable = {name for name, action in actions.all_actions().items() if action.undoable}
    assert undoable - played_with - elsewhere == set(), "add the new action to VERBS"


def test_a_need_that_people_have_answered_about_stays(file: SessionFile, send: Callable[..., Any]) -> None:
    card = send("Halt golv").card
    made = actions.do(file, need.new_need, title="Torrt", cards=[card])
    actions.do(file, actions.rate.hand_votes, by="phone", need=made, criterion="benefit", votes={"4": 1})
    with pytest.raises(Refused):
        file.undo().result()
    assert [n.title for n in queries.needs(file)] == ["Torrt"] and file.undo_label == need.new_need.label


def test_what_the_program_does_is_not_undone(file: SessionFile) -> None:
    actions.do(file, session.set_cover, place="Ekmåla")
    actions.do(file, session.set_port, by="program", port=4711)
    file.undo().result()
    now = queries.session(file)
    assert now.place == "" and now.port == 4711


def test_going_to_a_step_and_back(file: SessionFile) -> None:
    before = archive.dump(file)["step"]
    actions.do(file, agenda.next_step)
    assert queries.session(file).current_step == "read"
    assert file.undo().result() == agenda.next_step.label
    assert queries.session(file).current_step == "challenges" and archive.dump(file)["step"] == before
    assert file.redo().result() == agenda.next_step.label
    assert queries.session(file).current_step == "read"


def test_a_card_typed_in_is_taken_back_whole(file: SessionFile, send: Callable[..., Any]) -> None:
    send("från en telefon")
    typed = actions.do(file, actions.ask.type_card, text="från papper")
    assert file.undo().result() == actions.ask.type_card.label
    assert [a.text for a in queries.answers(file)] == ["från en telefon"] and queries.balance(file).balanced
    taken = send("efteråt")
    assert taken.answer == typed.answer, "the number was free again"
    with pytest.raises(Refused):
        file.redo().result()
    assert [a.text for a in queries.answers(file)] == ["från en telefon", "efteråt"]


def test_what_changes_nothing_is_no_step(file: SessionFile, send: Callable[..., Any]) -> None:
    send("ett")
    actions.do(file, group.park, cards=[1])
    actions.do(file, group.park, cards=[1])
    actions.do(file, session.set_cover, place="")
    file.undo().result()
    assert queries.board(file).cards[1].state == "loose" and file.undo_label == agenda.go_to.label
