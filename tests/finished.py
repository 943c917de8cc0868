"""A sample session played to its end without a network: every kind of row and link that a session can leave behind."""

from itertools import count
from pathlib import Path
from typing import Any

from workshop_app import actions, resources
from workshop_app.actions import (
    agenda,
    ask,
    blackout,
    comment_round,
    dialogue,
    goals,
    group,
    meeting,
    need,
    own,
    project,
    question_list,
    rate,
    route,
    session,
)
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SAMPLES = tuple(sorted(f.stem for f in resources.sample_files()))
RELATIONS = ("work_in", "use", "lead")


def finished(stem: str, target: Path) -> Path:
    """Plays a sample to its end; the file is closed and complete."""
    source = next(f for f in resources.sample_files() if f.stem == stem)
    with actions.transfer.import_json(source, target) as file:
        _Room(file).play()
    return target


def invited(file: SessionFile) -> None:
    """What a dialogue with suppliers lacks before its first step, where the format is such a dialogue."""
    if queries.format_of(file).audience != "suppliers":
        return
    actions.do(file, dialogue.set_terms, purpose="Lära av marknaden", needs_version=1)
    actions.do(file, dialogue.invite, channels="Öppen annons", invited_on="2026-03-02")
    if any(step.kind == "meeting" for step in queries.format_of(file).steps):
        actions.do(file, dialogue.set_agenda, items=[{"title": "Behovet", "minutes": 20}])


class _Room:
    def __init__(self, file: SessionFile) -> None:
        self.file = file
        self._keys = count(1)
        self.phones = [f"phone{n}" for n in range(9)]

    def do(self, verb: actions.Action, **kwargs: Any) -> Any:
        return actions.do(self.file, verb, **kwargs)

    def send(self, step: str, who: str, **fields: Any) -> Any:
        named = {name.replace("__", "@"): value for name, value in fields.items()}
        return actions.do(
            self.file,
            ask.receive,
            by="phone",
            step=step,
            participant=who,
            key=f"k{next(self._keys)}",
            fields=named,
            language="sv",
        )

    def play(self) -> None:
        for number, phone in enumerate(self.phones):
            fields = {
                "role": f"Roll {number // 3}",
                "organisation": "Ekmåla kommun",
                "relation": RELATIONS[number // 3],
                "name": "Eva" if number == 0 else "",
                "list_me": "1" if number == 0 else "",
            }
            key = f"join{number}"
            self.do(ask.join, by="phone", participant=phone, fields=fields, language="sv", key=key)
        self.do(session.reword_question, text="Vad är svårt i vardagen, och för vem?")
        self._cards()
        self._needs()
        self._votes()
        self._routes()
        self._dialogue()
        self.do(agenda.go_to, step="close")

    def _dialogue(self) -> None:
        if not queries.dialogue(self.file).started:
            self._meeting()
        self.do(dialogue.add_buyer, role="Upphandlare", interests="Inga")
        supplier = queries.dialogue(self.file).suppliers[0]
        first = queries.needs(self.file)[0].id
        self.do(actions.rfi.set_rfi, answers_due="2026-05-01", questions=["Vad finns i dag?"], needs=[first])
        self.do(project.set_name, name="Hemma hela livet")
        self.do(project.set_stages, stages=[("Ansökningar", 21), ("Kvalificerade", 5), ("Avtal", 1)])
        self.do(comment_round.set_draft, paragraphs=["Svar inom 30 minuter.", "Dygnet runt."])
        said = self.do(comment_round.add, paragraph=2, kind="costly", text="Natten kostar mest")
        self.do(
            comment_round.reply, comments=[said], answer="Vi skiljer på dag och natt", by_role="Upphandlare"
        )
        self.do(dialogue.judge, supplier=supplier.id, text="Vana vid små kommuner", score=4)

    def _meeting(self) -> None:
        self.do(dialogue.set_terms, purpose="Lära av marknaden", terms="Frivilligt", needs_version=1)
        self.do(dialogue.invite, channels="Öppen annons", invited_on="2026-03-02")
        suppliers = [self.do(dialogue.register, name=n, type="small") for n in ("Ekgruppen", "Tallvik")]
        self.do(dialogue.add_material, title="Behoven", version="1", sha256="0" * 64, size=9)
        self.do(dialogue.set_agenda, items=[{"title": "Behovet", "minutes": 20}])
        slots = [{"supplier": s, "starts_at": f"2026-03-10 1{n}:00"} for n, s in enumerate(suppliers)]
        item = queries.dialogue(self.file).agenda[0].id
        for slot in self.do(meeting.add_slots, slots=slots):
            self.do(meeting.start_slot, slot=slot)
            self.do(meeting.note, slot=slot, item=item, open="Går att dela upp", internal="Verkar kunna")
            self.do(meeting.end_slot, slot=slot, spent={item: 1200}, actual_seconds=1200)
        asked = self.do(question_list.ask, question="Hur många lägenheter?", raised_in="phone")
        self.do(question_list.reply, entry=asked, answer="400", by_role="Upphandlare")
        self.do(question_list.publish, entries=[asked])

    def _cards(self) -> None:
        self.do(agenda.go_to, step="challenges")
        sent = [self.send("challenges", phone, text=f"Det är trångt i rum {phone}") for phone in self.phones]
        self.do(ask.withdraw, by="phone", participant=self.phones[0], receipt=sent[0].code)
        self.do(ask.mute, participant=self.phones[8])
        self.do(ask.type_card, text="Skrivet på papper av Eva", role="Roll 0")
        typed = max(queries.board(self.file).cards)
        self._black(typed, "Eva")
        self.do(own.sign, by="phone", participant=self.phones[1], step="challenges", done=True)
        self.do(agenda.go_to, step="read")
        for phone in self.phones[1:5]:
            self.send("read", phone, me_too__1="1")
        # a theme left empty, a card hidden, a card joined with another, loose cards: all of it is as it should be
        self.do(group.new_theme, title="Tomt tema")
        self.do(group.hide, cards=[sent[1].card], reason="double_send")
        self.do(group.merge_cards, into=sent[2].card, cards=[sent[3].card])
        self.do(group.new_heap, title="Ännu inget behov", cards=[sent[4].card, sent[5].card])

    def _black(self, card: int, words: str) -> None:
        one = queries.passages(self.file, card)[0]
        at = one.text.index(words)
        place = {"answer": one.answer, "field": one.field, "start": at, "end": at + len(words)}
        self.do(blackout.black_out, **place, words=words, reason="name")

    def _needs(self) -> None:
        self.do(agenda.go_to, step="formulate")
        first, *_rest = queries.needs(self.file)
        self.do(need.waive, need=first.id, rule="N10", field="effect", reason="Rummet vill ha det så")
        self.do(goals.add_goals, titles=["Alla ska komma fram"], source="Planen")
        self.do(goals.set_goals, need=first.id, goals=[queries.goals(self.file)[-1].id])

    def _votes(self) -> None:
        needs = queries.needs(self.file)
        goal = queries.goals(self.file)[-1].id
        self.do(agenda.go_to, step="goals")
        self.send("goals", self.phones[1], **{f"goals__{needs[0].id}": [str(goal)]})
        self.do(agenda.go_to, step="prioritise")
        for number, phone in enumerate(self.phones[:8]):
            votes = {f"benefit__{n.id}": str(1 + (number + n.number) % 5) for n in needs}
            self.send("prioritise", phone, **votes, **{f"dots__{needs[number % 3].id}": "2"})
        self.do(rate.hand_votes, need=needs[0].id, criterion="risk", votes={"2": 3, "dk": 1})
        self.do(agenda.go_to, step="route")
        for one in needs:
            for phone in self.phones[:6]:
                self.send("route", phone, **{f"recognise__{one.id}": "yes"})

    def _routes(self) -> None:
        for one in queries.needs(self.file):
            f = one.fields
            self.do(
                route.set_route,
                need=one.id,
                route=f["route"],
                kind="friendly",
                reason=f["route_reason"] or "Så sade rummet",
                other_process=f["other_process"],
                review_date=f["review_date"],
                owner=f["owner"],
            )
            try:
                if f["route"] != "parked":
                    self.do(need.set_status, need=one.id, status="anchored")
                self.do(route.decide, need=one.id)
            except Refused:  # the rules of the method may say no to one need
                continue
