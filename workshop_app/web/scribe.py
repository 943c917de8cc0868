"""The page of a table's scribe: choose a heap, write a need with the sentence beside it, see what has been received."""

from collections.abc import Mapping
from typing import Any

from workshop_app.formats import Step
from workshop_app.model import statement
from workshop_app.model.board import Board, Heap
from workshop_app.model.draft import NEED_FIELDS, questions
from workshop_app.model.session import Answer
from workshop_app.web.frame import Frame
from workshop_app.web.values import Asker, Page, Typed

MOST_CARDS = 60  # of a heap on the page
MOST_ASKED = 3  # questions under a draft
APART = ("table", "heap")


def writes(step: Step) -> bool:
    """Whether a step is the one where needs are written."""
    return step.kind == "formulate"


class ScribePages(Frame):
    """What a phone, or a laptop at a table, sees while needs are written."""

    def scribe(self, who: Asker, step: Step, typed: Typed) -> Page:
        """The calm card with the way in; the table and its heap; the form; and own drafts under each."""
        session, board, query = self.reader.session(), self.reader.board(), who.query
        mine = [a for a in self._mine(who, step) if a.fields]
        context = self._step(who, step, typed) | {
            "view": "scribe",
            "way": self.base(who)["here"] + ("&" if who.nameless else "?"),
            "drafts": [self._draft(one, board, who) for one in mine],
            "table": self._last_table(mine),
            "heaps": [self._heap(heap, board) for heap in board.heaps if _shown(heap)],
        }
        edited = next((a for a in mine if a.receipt == query.get("edit") and not a.withdrawn), None)
        given: Mapping[str, Any] = typed.given
        if not given and edited is not None:
            given = {k: [str(v)] for k, v in edited.fields.items()}
        apart = {f.name: self._show(f, who, session, Typed()) for f in step.fields if f.name in APART}
        if given or query.get("write") == "2" or (query.get("write") and not apart):
            at = {name: _one(given, name) or query.get(name, "")[:40] for name in APART}
            replaces = _one(typed.given, "replaces") or (edited.receipt if edited is not None else "")
            shown = [
                self._show(f, who, session, Typed(given, typed.errors))
                for f in step.fields
                if f.name not in APART
            ]
            heap = next((h for h in board.heaps if str(h.id) == at["heap"] and _shown(h)), None)
            return Page(
                "scribe_form.html",
                context
                | {
                    "at": at,
                    "replaces": replaces,
                    "fields": shown,
                    "parts": statement.parts(
                        {part: _one(given, name) for name, part in NEED_FIELDS.items()}, session.language
                    ),
                    "heap": self._heap(heap, board) if heap else None,
                    "cards": [c.text for c in heap.cards if not c.inbox][:MOST_CARDS] if heap else [],
                },
            )
        if query.get("write"):
            return Page("scribe_start.html", context | {"apart": apart, "asked": query})
        cards = [a for a in self.reader.receipts(who.participant) if a.text]
        return Page("scribe.html", context | {"own": self._own(cards, None, who)})

    def _draft(self, answer: Answer, board: Board, who: Asker) -> dict[str, Any]:
        language = self.reader.session().language
        fields = {part: str(answer.fields.get(name) or "") for name, part in NEED_FIELDS.items()}
        heap = next((h for h in board.heaps if str(h.id) == answer.fields.get("heap")), None)
        asked = questions(fields, language, who.lang.code) if not answer.withdrawn else ()
        return {
            "receipt": answer.receipt,
            "replaced_by": answer.replaced_by,
            "parts": statement.parts(fields, language),
            "requirement": fields["requirement"],
            "check": fields["requirement_check"],
            "heap": self._heap(heap, board)[1] if heap else "",
            "questions": [f.question for f in asked][:MOST_ASKED],
        }

    @staticmethod
    def _heap(heap: Heap, board: Board) -> tuple[str, str]:
        return str(heap.id), f"{board.tag(heap)} {heap.title or heap.cards[0].text[:80]}"

    @staticmethod
    def _last_table(mine: list[Answer]) -> str:
        return str(mine[0].fields.get("table") or "") if mine else ""


def _shown(heap: Heap) -> bool:
    return any(not card.inbox for card in heap.cards)


def _one(given: Mapping[str, Any], name: str) -> str:
    return str((list(given.get(name, ())) or [""])[-1])
