"""Which page a phone should see now, and what stands on it: from the session's step, never from a step's name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workshop_app.formats import Step
from workshop_app.model import few, statement
from workshop_app.model.dates import day_words
from workshop_app.model.need import Need
from workshop_app.model.session import Answer, Session
from workshop_app.web import forms, live, own, screens, scribe, survey
from workshop_app.web.hints import Hint
from workshop_app.web.screens import Place
from workshop_app.web.scribe import ScribePages
from workshop_app.web.survey import SurveyPages
from workshop_app.web.values import Asker, Page, Typed

CARDS_A_PAGE = 40


class Pages(ScribePages, SurveyPages):
    """Builds the pages of one session for the phones."""

    def current(self, who: Asker, typed: Typed | None = None) -> Page:
        """The page for where the room is: join form, form, calm card or thanks."""
        session, format_ = self.reader.session(), self.reader.format()
        step = format_.step(session.current_step)
        if who.query.get("page") == "questions":
            return self.questions(who)
        joined = self.reader.joined(who.participant)
        if not joined and not who.nameless:
            return self.join(who)
        if who.query.get("own"):
            return self.own_card(who, who.query.get("do", ""), who.query["own"])
        if self.reader.joins(step):
            return self.join(who) if who.query.get("again") else self._calm(who, "joined")
        if session.now_step.state == "paused":
            return self._calm(who, "paused")
        if (sorts := self.sorter.page(who)) is not None:
            return Page(sorts.template, self._step(who, step, typed or Typed()) | sorts.context)
        if (asks := self.pairs.page(who, step)) is not None:
            return Page(asks.template, self._step(who, step, typed or Typed()) | asks.context)
        if scribe.writes(step):
            return self.scribe(who, step, typed or Typed())
        if step.phone != "form" or not step.fields:
            return self._calm(who, step.phone)
        return self.form(who, step, typed)

    def form(
        self, who: Asker, step: Step, typed: Typed | None = None, place: Place | None = None, at: str = ""
    ) -> Page:
        """The form of a step, with what was typed when it is shown again; `place`, `at`: which screen of several."""
        typed = typed or Typed()
        if scribe.writes(step):
            return self.scribe(who, step, typed)
        if survey.has(step):
            return self.survey(who, step, typed, at)
        if screens.has(step):
            return self._need(who, step, typed, place)
        if any(f.per == "card" for f in step.fields):
            return self._read(who, step, typed)
        return self._ask(who, step, typed)

    def questions(self, who: Asker) -> Page:
        """The published question list: open to all who have the address, whether they have joined or not."""
        told = self.reader.dialogue()
        numbers = {n.id: n.number for n in self.reader.needs()} if any(q.need for q in told.questions) else {}
        order = {q.id: n for n, q in enumerate(told.questions, 1)}
        return Page(
            "questions.html",
            self.base(who)
            | {
                "view": "questions",
                "told": "",
                "list": told.questions,
                "needs": numbers,
                "order": order,
                "waiting": told.waiting if few.enough(told.waiting) else 0,
                "rfi": told.rfi,
            },
        )

    # Joining --------------------------------------------------------------------

    def join(self, who: Asker, typed: Typed | None = None) -> Page:
        """The join form: role, organisation and relation; a name only for those who want to."""
        if typed is not None or self.reader.tables():
            said = {"message": typed.message if typed else ""}
            return Page("join.html", self.own_values(who) | self._join(who, typed or Typed()) | said)
        name = f"join {who.lang.code} {who.nameless} {self.reader.joined(who.participant)}"
        return Page(
            "join.html", self.own_values(who), self.reader.alike(name, lambda: self._join(who, Typed()))
        )

    def _join(self, who: Asker, typed: Typed) -> dict[str, Any]:
        session, format_ = self.reader.session(), self.reader.format()
        shown = [f for f in format_.lobby.fields if f.name != "lang"]
        return self.around(who) | {
            "view": "join",
            "intro": format_.join_intro.get(who.lang.code),
            "rules": [r.get(who.lang.code) for r in format_.three_rules],
            "until": day_words(session.keep_until, who.lang, weekday=False, year=True),
            "fields": [
                *(self._show(f, who, session, typed) for f in shown if not f.apart),
                *self._tables(who),
            ],
            "apart": [self._show(f, who, session, typed) for f in shown if f.apart],
            "action": self._action(who, format_.lobby.id),
            "back": not self.reader.joined(who.participant),
            "back_message": "",
        }

    def _tables(self, who: Asker) -> list[forms.Shown]:
        """The choice of a table, in a room with tables."""
        tables = [(str(one.id), one.name) for one in self.reader.tables()]
        seat = self.reader.seat(who.participant)
        kind = "radios" if len(tables) <= forms.MOST_RADIOS else "select"
        label, chosen = who.lang("Your table"), (str(seat),) if seat else ()
        shown = forms.Shown("table", "table", kind, label, options=tuple(tables), chosen=chosen)
        return [shown] if tables else []

    # Steps ----------------------------------------------------------------------

    def _ask(self, who: Asker, step: Step, typed: Typed) -> Page:
        session = self.reader.session()
        mine = [a for a in self._mine(who, step) if self._counts(a, step, session)]
        sent = any(not a.withdrawn for a in mine)
        if sent and not step.many and not typed.given and not who.query.get("again"):
            done = {"view": "done", "own": self._own(mine, step, who), "again": ""}
            return Page("done.html", self._step(who, step, typed) | done)
        if not step.many and not typed.given and mine:
            typed = Typed(self.given(who, step))
        own_ = self.own_values(who) | {"message": typed.message, "done": self._done(who, step)}
        own_["own"] = self._own(mine, step, who) if step.many else []
        if typed != Typed() or any(f.per == "item" for f in step.fields):
            return Page("ask.html", self._asked(who, step, typed) | own_)
        name = f"ask {step.id} {who.lang.code} {who.nameless}"
        alike = self.reader.alike(name, lambda: self._asked(who, step, Typed()))
        return Page("ask.html", own_, alike)

    def _asked(self, who: Asker, step: Step, typed: Typed) -> dict[str, Any]:
        session = self.reader.session()
        shown = [f for f in step.fields if not f.per and not f.shown_if]
        must = [f for f in shown if f.required or not step.many or step.makes != "card"]
        fields = [self._show(f, who, session, typed) for f in must]
        asked = {
            "question": session.question if step.kind == "probe" else "",
            "fields": [f for f in fields if f.options or f.kind not in ("radios", "checks")],
            "more": [self._show(f, who, session, typed) for f in shown if f not in must],
        }
        return self.around(who) | self.headed(who, step) | asked | self.others(who, step, typed)

    def _read(self, who: Asker, step: Step, typed: Typed) -> Page:
        session, board = self.reader.session(), self.reader.board()
        others = [
            c
            for c in sorted(board.cards.values(), key=lambda c: c.id)
            if not self.apart
            and c.state in ("loose", "heap")
            and not c.inbox
            and (not who.participant or c.participant != who.participant)
        ]
        pages = max((len(others) - 1) // CARDS_A_PAGE + 1, 1)
        wanted = who.query.get("page", "1")
        at = min(max(int(wanted), 1), pages) if wanted.isdecimal() and len(wanted) < 6 else 1
        mark = next(f for f in step.fields if f.per == "card")
        plain = [f for f in step.fields if not f.per and not f.shown_if]
        return Page(
            "read.html",
            self._step(who, step, typed)
            | {
                "cards": others[(at - 1) * CARDS_A_PAGE : at * CARDS_A_PAGE],
                "mark": mark,
                "mark_label": mark.label.get(who.lang.code),
                "marked": self.reader.me_too(who.participant),
                "all_cards": len(others),
                "at": at,
                "pages": pages,
                "fields": [self._show(f, who, session, typed) for f in plain],
                "own": self._own(self._mine(who, step), step, who),
                "done": self._done(who, step),
            },
        )

    def _done(self, who: Asker, step: Step) -> bool | None:
        """Whether this phone has said that it is done; None where it is not asked."""
        asked = step.kind in ("ask", "read") and step.many and self.reader.joined(who.participant)
        return who.participant in self.reader.done(step.id) if asked else None

    def _need(self, who: Asker, step: Step, typed: Typed, place: Place | None) -> Page:
        needs = screens.worded(self.reader.needs())
        context = self._step(who, step, typed)
        if not needs:
            return Page("calm.html", context | {"view": "calm", "calm": "no_needs"})
        session = self.reader.session()
        places = screens.places(step, needs)
        place = place or screens.asked_for(who.query, places) or self._first_open(who, step, places)
        if place is None:
            own = self._mine(who, step)
            return Page(
                "done.html",
                context
                | {
                    "view": "done",
                    "own": self._own(own[:1], step, who),
                    "again": f"{context['home']}?need={needs[0].id}",
                },
            )
        if place.need is None:
            return Page("dots.html", context | self._last_screen(who, step, typed, needs))
        need = next((n for n in needs if n.id == place.need), needs[0])
        chunk = screens.chunks(step)[place.part]
        count = sum(len(c) for c in screens.chunks(step))
        before = sum(len(c) for c in screens.chunks(step)[: place.part])
        shown = [self._show(f, who, session, typed, need.id) for f in chunk]
        last = place == places[-1]
        order = [n.id for n in needs]
        return Page(
            "need.html",
            context
            | {
                "view": "need",
                "need": need,
                "parts": statement.parts(need.fields, session.language),
                "whole": not statement.missing(need.fields),
                "fields": shown,
                "place": place,
                "answered": before,
                "questions": count,
                "more_parts": len(screens.chunks(step)) - place.part - 1,
                "last": last,
                "corner": who.lang("Need {n} of {all}").format(n=order.index(need.id) + 1, all=len(needs)),
                "around": screens.around(order, need.id),
            },
        )

    def _last_screen(self, who: Asker, step: Step, typed: Typed, needs: Sequence[Need]) -> dict[str, Any]:
        session = self.reader.session()
        dots = next((f for f in step.fields if f.type == "dots"), None)
        plain = [f for f in step.fields if not f.per and not f.shown_if]
        given = Typed(typed.given)
        rows = (
            [
                (
                    need.title or statement.statement(need.fields, session.language),
                    self._show(dots, who, session, given, need.id),
                )
                for need in needs
            ]
            if dots
            else []
        )
        return {
            "view": "need",
            "dots_label": dots.label.get(who.lang.code) if dots else "",
            "dots_error": typed.errors.get(dots.name, "") if dots else "",
            "rows": rows,
            "fields": [self._show(f, who, session, typed) for f in plain],
        }

    # Calm cards and messages -------------------------------------------------------

    def _calm(self, who: Asker, calm: str) -> Page:
        format_ = self.reader.format()
        step = format_.step(self.reader.session().current_step)
        context = self._step(who, step, Typed())
        me = self.reader.participant(who.participant) if calm == "joined" else None
        cards = [a for a in self.reader.receipts(who.participant) if a.text]
        rules = [r.get(who.lang.code) for r in format_.three_rules]
        return Page(
            "calm.html",
            context
            | {
                "view": "calm",
                "calm": calm,
                "me": me,
                "rules": rules if calm in ("joined", "info") else [],
                "own": self._own(cards, None, who) if calm != "joined" else [],
            },
        )

    def hint(self, who: Asker, step: Step, receipt: str, text: str, hint: Hint) -> dict[str, Any]:
        """The gentle question after a card: the card is safe, the question is free to skip."""
        return self._step(who, step, Typed()) | {
            "view": "hint",
            "receipt": receipt,
            "about": receipt,
            "text": text,
            "hint": hint.question,
            "personal": hint.personal,
        }

    def after(self, who: Asker, step: Step, given: Mapping[str, Sequence[str]]) -> Page:
        """The page that follows an answer: the next screen of the step, or its form once more for another card."""
        session = self.reader.session()
        if session.current_step != step.id or self.reader.joins(step):
            return self.current(who)
        if survey.has(step) and session.now_step.state == "open":
            rest = survey.places(step, self.items(who, step))
            now_at = survey.place_of(step, given)
            rest = rest[rest.index(now_at) + 1 :] if now_at in rest else []
            if rest:
                return self.form(replace(who, query={}), step, at=rest[0])
        elif screens.has(step) and session.now_step.state == "open":
            needs = screens.worded(self.reader.needs())
            places = screens.places(step, needs)
            now = screens.place_of(step, given)
            after = places[places.index(now) + 1 :] if now in places else []
            if after:
                return self.form(replace(who, query={}), step, place=after[0])
        return self.current(replace(who, query={}))

    def again(self, who: Asker, step: Step, typed: Typed) -> Page:
        """The same form with what was typed still in it."""
        if self.reader.joins(step):
            return self.join(who, typed)
        session = self.reader.session()
        if step.kind == "group":
            page = self.current(replace(who, query={}))
            page.context["message"] = typed.message
            return page
        closed = step.phone != "form" and not scribe.writes(step)
        if session.current_step != step.id or session.now_step.state != "open" or closed:
            return self.kept(who, step, typed)
        place = screens.place_of(step, typed.given) if screens.has(step) else None
        page = self.form(
            who, step, typed, place, survey.place_of(step, typed.given) if survey.has(step) else ""
        )
        page.context["message"] = typed.message
        return page

    def kept(self, who: Asker, step: Step, typed: Typed) -> Page:
        """Why this was not stored, with the typed text to copy, and a way on to a step that takes cards."""
        session = self.reader.session()
        now = self.reader.format().step(session.current_step)
        taken = live.takes_cards(session, self.reader.format())
        text = (list(typed.given.get("text", ())) or [""])[-1]
        texts = [
            v
            for name, vs in typed.given.items()
            for v in vs
            if v and own.is_text(step, name) and name != "text"
        ]
        context = self._step(who, now, Typed()) | {
            "view": "kept",
            "message": typed.message,
            "text": text,
            "texts": texts,
            "move_to": now if taken and now.id != step.id and text else None,
            "move_action": self._action(who, now.id),
        }
        return Page("kept.html", context)

    def _counts(self, answer: Answer, step: Step, session: Session) -> bool:
        return step.kind != "probe" or answer.question_version == session.question_version

    def _first_open(self, who: Asker, step: Step, places: Sequence[Place]) -> Place | None:
        """The first screen this phone has not answered; in a later round only that round's ratings count."""
        round_ = self.reader.session().now_step.round
        names = {name for a in self._mine(who, step) for name in a.fields}
        rated = self.reader.rated(who.participant, round_) if round_ > 1 else None
        return screens.first_open(step, places, names, rated)

    def own_card(self, who: Asker, way: str, receipt: str, typed: Typed | None = None) -> Page:
        """Asks before an own card is taken back, or shows the form that puts another in its place."""
        typed, format_, session = typed or Typed(), self.reader.format(), self.reader.session()
        step = format_.step(session.current_step)
        if scribe.writes(step) and way == "correct" and typed.given:
            return self.again(who, step, typed)
        card = own.card_of(self.reader.receipts(who.participant), format_, receipt)
        corrects = way == "correct" and (self.open_for(card) if card else live.takes_cards(session, format_))
        if typed.given.get("text") and not corrects:
            return self.kept(who, step, typed)
        if card is None or (way == "correct" and not corrects):
            page = self.current(replace(who, query={}))
            page.context["message"] = typed.message or who.lang(own.NOT_NOW if card else own.NOT_YOURS)
            return page
        given = typed.given or {k: [v] if isinstance(v, str) else v for k, v in card.fields.items()}
        [shown_card] = self._own([card], format_.step(card.step), who)
        context = self._step(who, step, typed) | {"view": "own", "card": shown_card, "corrects": corrects}
        shown = [f for f in step.fields if corrects and not f.per and not f.shown_if]
        context["fields"] = [self._show(f, who, session, Typed(given, typed.errors)) for f in shown]
        return Page("own.html", context | {"action": self._action(who, step.id if corrects else card.step)})
