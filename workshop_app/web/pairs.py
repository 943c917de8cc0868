"""The small form that phones get while the leader works: two cards, and whether they say the same thing."""

import asyncio
import time
from typing import Any

from workshop_app.actions import Action, pairs
from workshop_app.formats import Step
from workshop_app.model.pairs import ANSWERS, ASK_PHONES, ON, Pair, pair_of
from workshop_app.web import forms
from workshop_app.web.reader import Reader
from workshop_app.web.values import Asker, Page

PATIENCE = 10  # the pairs are worked out anew after so many times what it took
HELD = 120.0  # seconds that a pair shown on a phone counts as soon answered


class PairAsker:
    """The pairs of one session, worked out aside and kept a moment, and which pair stands on which phone.

    `news` counts the times that there were new pairs while phones had answered all there were.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._asked = pairs.Asked()
        self._version, self._until = -1, 0.0
        self._work: asyncio.Task[None] | None = None
        self._out: dict[str, tuple[Pair, float]] = {}
        self._rests = False  # whether a phone has answered all there were
        self.news = 0

    def on(self) -> bool:
        """Whether phones are asked now: the leader wants it, a board is worked on, and nobody sorts."""
        session = self._reader.session()
        here = self._reader.format().step(session.current_step).kind == "group"
        return (
            here
            and session.settings.get(ASK_PHONES) == ON
            and session.now_step.state == "open"
            and self._reader.sorting() is None
        )

    async def ready(self) -> None:
        """Brings the pairs up to date, before a page is made."""
        if self.on() and (work := self._begun()) is not None:
            await asyncio.shield(work)

    def look(self) -> None:
        """Has new pairs looked for, if any phone waits for them; phones hear of them by their stream."""
        if self._rests and self.on():
            self._begun()

    def _begun(self) -> asyncio.Task[None] | None:
        """The work that brings the pairs up to date, None when they are or were a moment ago."""
        if time.monotonic() < self._until:
            return None
        if (version := self._reader.file.data_version()) == self._version:
            return None
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._anew(version))
        return self._work

    async def _anew(self, version: int) -> None:
        began, before = time.monotonic(), set(self._asked.pairs)
        self._asked = await asyncio.to_thread(pairs.asked, self._reader.file)
        if self._rests and not before.issuperset(self._asked.pairs):
            self.news, self._rests = self.news + 1, False
        now = time.monotonic()
        self._version, self._until = version, now + (now - began) * PATIENCE

    def page(self, who: Asker, step: Step) -> Page | None:
        """The page with the pair that a phone is asked about, or with thanks; None while nobody is asked."""
        if step.kind != "group" or not self.on() or not self._reader.joined(who.participant):
            return None
        said = {one.pair: one.said for one in self._reader.pair_answers(who.participant)}
        again = read(who.query.get("pair", ""))
        pair = again if again in said else self._next(who.participant, said)
        before = next((p for p in reversed(said) if p != pair and self._known(p)), None)
        shared: dict[str, Any] = {"answered": len(said), "before": before}
        if pair is None or not self._known(pair):
            self._rests = True
            return Page("pair_done.html", {"view": "pair_done", "news": self.news, **shared})
        texts = [self._asked.texts[card] for card in pair]
        return Page(
            "pair.html",
            {"view": "pair", "pair": pair, "texts": texts, "said": said.get(pair, ""), **shared},
        )

    def _known(self, pair: Pair) -> bool:
        return all(card in self._asked.texts for card in pair)

    def _next(self, participant: str, said: dict[Pair, str]) -> Pair | None:
        """What the phone was shown before and has not answered, else the next pair; others' pairs count as soon answered."""
        now = time.monotonic()
        held = self._out.get(participant)
        if held and held[0] not in said and held[0] in self._asked.pairs:
            return held[0]
        out = [pair for who, (pair, at) in self._out.items() if who != participant and at > now - HELD]
        pair = self._asked.next_for(said, out)
        if pair is not None:
            self._out[participant] = (pair, now)
        else:
            self._out.pop(participant, None)
        return pair


def read(text: str) -> Pair | None:
    """ "12-31" as two cards, None for anything else."""
    a, _, b = text.partition("-")
    if not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in (a, b)):
        return None
    return pair_of(int(a), int(b))


def asked(given: forms.Given, participant: str, values: dict[str, Any]) -> tuple[Action, dict[str, Any]]:
    """The action that the form asks for, with its values; a pair that cannot be read is one that is not there."""
    a, b = read(forms.one(given, "pair")) or (0, 0)
    said = forms.one(given, "same")
    told = {k: v for k, v in values.items() if k != "fields"} | {"participant": participant}
    return pairs.answer, told | {"a": a, "b": b, "said": said if said in ANSWERS else ""}
