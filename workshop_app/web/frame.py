"""What every page inside a session stands on: where the room is, and the fields of a form."""

import secrets
from collections.abc import Sequence
from typing import Any

from workshop_app import invite
from workshop_app.formats import Field, Step
from workshop_app.model import statement
from workshop_app.model.dates import time_words
from workshop_app.model.session import Answer, Session
from workshop_app.web import forms, live, own, screens
from workshop_app.web.draw import heading_and_lead
from workshop_app.web.pairs import PairAsker
from workshop_app.web.reader import Reader
from workshop_app.web.sorting import Sorter
from workshop_app.web.values import Asker, Typed


class Frame:
    """The parts that the pages of one session share."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sorter = Sorter(reader)
        self.pairs = PairAsker(reader)

    @property
    def apart(self) -> bool:
        """Whether suppliers have the phones, who see nothing of each other's."""
        return self.reader.format().audience == "suppliers"

    def base(self, who: Asker) -> dict[str, Any]:
        """What every page inside a session stands on."""
        return self.around(who) | self.own_values(who)

    def own_values(self, who: Asker) -> dict[str, Any]:
        """What a phone has for itself on every page: draw.OWN_VALUES."""
        return {
            "key": secrets.token_hex(16),
            "second_key": secrets.token_hex(16),
            "own_code": self._own_code(who),
            "own": [],
            "receipt": None,
            "message": "",
            "told": "",
        }

    def around(self, who: Asker) -> dict[str, Any]:
        """What is the same around the pages of all phones that share a language."""
        name = f"around {who.lang.code} {who.nameless}"
        return self.reader.alike(name, lambda: self._around(who)).values

    def _around(self, who: Asker) -> dict[str, Any]:
        session, format_ = self.reader.session(), self.reader.format()
        home = f"/{who.token}/"
        ends = live.ends_at(session, self.reader.sorting())
        return {
            "lang": who.lang,
            "code": who.lang.code,
            "content_code": session.language,
            "session": session,
            "step": format_.step(session.current_step),
            "number": session.now_step.position,
            "of": len(session.steps),
            "ends": round(ends.timestamp()) if ends else None,
            "ends_text": time_words(ends, who.lang) if ends else "",
            "home": home,
            "here": home + ("?without=role" if who.nameless else ""),
            "signature": live.signature(session, self.reader.sorting()),
            "network": session.settings.get("wifi_name", ""),
            "view": "step",
            "corner": "",
            "hint": None,
            "asks": self.apart and bool(self.reader.dialogue().questions),
        }

    def _own_code(self, who: Asker) -> str:
        """The code by which this phone comes back, in two halves that are easy to read; "" before it has joined."""
        if not self.reader.joined(who.participant):
            return ""
        code = invite.own_code(who.participant, who.token)
        return f"{code[:3]} {code[3:]}"

    def _step(self, who: Asker, step: Step, typed: Typed) -> dict[str, Any]:
        return self.base(who) | self.headed(who, step) | {"message": typed.message}

    def headed(self, who: Asker, step: Step) -> dict[str, Any]:
        """What a step asks for, and where to send the answer."""
        heading, lead = heading_and_lead(step.prompt.get(who.lang.code) or step.title.get(who.lang.code))
        format_ = self.reader.format()
        rules = [r.get(who.lang.code) for r in format_.three_rules] if step.rules else []
        action = self._action(who, step.id)
        return {"heading": heading, "lead": lead, "rules": rules, "action": action}

    def _action(self, who: Asker, step: str) -> str:
        return f"/{who.token}/steps/{step}" + ("?without=role" if who.nameless else "")

    def _show(
        self, field_: Field, who: Asker, session: Session, typed: Typed, item: int | str | None = None
    ) -> forms.Shown:
        offered = self._offered(field_, session, who.lang.code)
        return forms.show(field_, who.lang.code, offered, item=item, given=typed.given, errors=typed.errors)

    def _offered(self, field_: Field, session: Session, code: str) -> list[tuple[str, str]]:
        if self.apart and field_.source in ("organisations", "beneficiaries"):
            return []  # suppliers are offered nothing that tells who else is here or what they wrote
        if field_.source == "roles":
            return [(r, r) for r in session.roles]
        if field_.source == "organisations":
            return [(o, o) for o in session.organisations]
        if field_.source == "beneficiaries":
            return [(b, b) for b in self.reader.beneficiaries()]
        if field_.source == "items":
            return [(i.value, i.label) for i in self.reader.items(session.current_step, code)]
        if field_.source == "needs":
            needs = screens.worded(self.reader.needs())
            return [(str(n.id), n.title or statement.statement(n.fields, session.language)) for n in needs]
        return [(str(g.id), g.title) for g in self.reader.goals()] if field_.source == "goals" else []

    def _mine(self, who: Asker, step: Step) -> list[Answer]:
        return [a for a in self.reader.receipts(who.participant) if a.step == step.id]

    def _own(self, answers: Sequence[Answer], step: Step | None, who: Asker) -> list[dict[str, Any]]:
        session = self.reader.session()
        names: dict[str, dict[str, str]] = {}
        told = step is not None and any(not answer.text for answer in answers)  # not only cards
        for field_ in step.fields if told and step else ():
            offered = self._offered(field_, session, who.lang.code)
            names[field_.name] = dict(offered) | {c.value: c.label.get(who.lang.code) for c in field_.choices}
        return own.listed(answers, step, self.reader.format(), self.open_for, names, who)

    def open_for(self, answer: Answer) -> bool:
        """Whether an own answer may be corrected now: a card where cards are taken, another in its own step."""
        session, format_ = self.reader.session(), self.reader.format()
        if own.is_card(answer, format_):
            return live.takes_cards(session, format_)
        return session.current_step == answer.step and session.now_step.state == "open"
