"""Blacking out personal data: the words go out of everything that is shown, and a trace says that something stood there.

The words are moved, not masked when read: what every query, view, export and page reads is the text with the sign in
it. They lie in `blackout.words` alone, which nothing shows and no export carries, until the file is erased; so nothing
is lost by mistake, and nothing leaks because somebody forgot to ask. Undo moves them back.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from workshop_app.actions import standing
from workshop_app.actions.action import action
from workshop_app.i18n import N_
from workshop_app.model import blackout
from workshop_app.model.blackout import REASONS, SIGN
from workshop_app.model.draft import NEED_FIELDS
from workshop_app.model.need import FIELDS
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NOTHING_CHOSEN = N_("Select the words that are to be blacked out first.")
ALREADY = N_("That is blacked out already.")
NO_REASON = N_("Choose why the words are blacked out.")
MOVED = N_("The text has changed in the meantime. Select the words again.")
PASSAGES = ("text", "underlying", "when", "beneficiary")
_CHOSEN = ("market_status", "market_checked_on", "route", "route_kind", "review_date")
_TYPED = tuple(name for name in FIELDS if name not in _CHOSEN)
_SHORTEST = 3  # fewer signs than this are not looked for in other texts


@action(N_("Black out words"), noted=False)
def black_out(
    tx: Transaction, *, answer: int, field: str, start: int, end: int, words: str, reason: str
) -> int:
    """Puts the sign in place of the words from `start` to `end` of one field of an answer, and of what was made of it.

    `words` is what the leader selected: if something else stands there now, nothing is done. The same words in needs,
    in names of heaps and themes and in what is kept go too; returns in how many of those. The journal never holds the words.
    """
    row = tx.row("answer", answer)
    fields = json.loads(row["fields"]) if row else {}
    text = fields.get(field)
    if row is None or not _is_typed(tx, row, field) or not isinstance(text, str):
        raise Refused(MOVED)
    _may(text[start:end], words, reason)
    _mark(tx, answer, field, start, words, reason)
    _put(tx, row, fields, field, text[:start] + SIGN + text[end:])
    if len(words.strip()) >= _SHORTEST:
        _in_drafts(tx, words.strip(), reason)
    copies = _copies(tx, words.strip()) if len(words.strip()) >= _SHORTEST else 0
    card = tx.row("card", answer, "answer_id")
    tx.note(
        "blackout.black_out", card=card["id"] if card else None, field=field, signs=len(words), reason=reason
    )
    return copies


@action(N_("Black out words in a name"), noted=False)
def black_out_contact(
    tx: Transaction, *, contact: int, field: str, start: int, end: int, words: str, reason: str
) -> None:
    """Puts the sign in place of words of a name or contact that was given apart; the trace names nobody either."""
    row = tx.row("contact", contact)
    if row is None or field not in ("name", "contact"):
        raise Refused(MOVED)
    text = row[field]
    _may(text[start:end], words, reason)
    mark = {"contact_id": contact, "field": field, "start": start, "signs": len(words), "reason": reason}
    tx.insert("blackout", mark | {"words": words, "at": tx.now})
    tx.update("contact", contact, {field: text[:start] + SIGN + text[end:]})
    tx.note("blackout.black_out_contact", field=field, signs=len(words), reason=reason)


def _may(found: str, words: str, reason: str) -> None:
    """Refused when what was selected does not stand there any more, or cannot be blacked out."""
    if found != words:
        raise Refused(MOVED)
    if reason not in REASONS:
        raise Refused(NO_REASON)
    if not words.strip():
        raise Refused(NOTHING_CHOSEN)
    if not words.replace(SIGN[0], "").strip():
        raise Refused(ALREADY)


def as_received(tx: Transaction, row: dict[str, Any] | None) -> dict[str, Any] | None:
    """An answer's row with the words it was received with, so that the same sending is known again."""
    marks = tx.rows("blackout", order="id DESC", answer_id=row["id"]) if row else []
    if row is None or not marks:
        return row
    fields = json.loads(row["fields"])
    for mark in marks:
        text, start = fields[mark["field"]], mark["start"]
        fields[mark["field"]] = text[:start] + mark["words"] + text[start + len(SIGN) :]
    whole = {"fields": json.dumps(fields, ensure_ascii=False, sort_keys=True)}
    return row | whole | ({"text": fields["text"]} if row["text"] else {})


def _is_typed(tx: Transaction, row: Mapping[str, Any], field: str) -> bool:
    """Whether a field of an answer is one that people write words in; a choice or a number is not."""
    if field in PASSAGES:
        return True
    step = next((s for s in standing.of(tx).format.steps if s.id == row["step"]), None)
    return step is not None and blackout.is_typed(step, field)


def _mark(tx: Transaction, answer: int, field: str, start: int, words: str, reason: str) -> None:
    row = {"answer_id": answer, "field": field, "start": start, "signs": len(words)}
    tx.insert("blackout", row | {"reason": reason, "words": words, "at": tx.now})


def _in_drafts(tx: Transaction, words: str, reason: str) -> None:
    """The words where a table's scribe has written them: marked there too, since a draft is as it was received."""
    whole = _whole(words)
    for step in (s.id for s in standing.of(tx).format.steps if s.kind == "formulate"):
        for row in tx.rows("answer", step=step):
            fields = json.loads(row["fields"])
            for field in ("table", *NEED_FIELDS):
                while found := whole.search(str(fields.get(field, ""))):
                    _mark(tx, row["id"], field, found.start(), found[0], reason)
                    text = fields[field]
                    _put(tx, row, fields, field, text[: found.start()] + SIGN + text[found.end() :])


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)


def _put(tx: Transaction, row: Mapping[str, Any], fields: dict[str, Any], field: str, text: str) -> None:
    fields[field] = text
    changes = {"fields": json.dumps(fields, ensure_ascii=False, sort_keys=True)}
    if field == "text":
        changes["text"] = text
        for card in tx.rows("card", answer_id=row["id"]):
            tx.update("card", card["id"], {"text": text})
            tx.delete("vector", card_id=card["id"])
    tx.update("answer", row["id"], changes)
    _put_beside(tx, row, field, text)


def _put_beside(tx: Transaction, row: Mapping[str, Any], field: str, text: str) -> None:
    """The same text where the answer made a row of it: a participant, a comment on a need, a name of a heap."""
    name, _, item = field.partition("@")
    if name == "comment" and item:
        for one in tx.rows("recognition", answer_id=row["id"], need_id=int(item) if item.isdecimal() else -1):
            tx.update("recognition", one["id"], {"comment": text})
    if name == "name":
        for one in tx.rows("heap_name", answer_id=row["id"]):
            tx.update("heap_name", one["id"], {"name": text})
    if name in ("organisation", "role_other"):
        column, before = name.removesuffix("_other"), json.loads(row["fields"]).get(name, "").strip()
        for one in tx.rows("participant", id=row["participant"]):
            if one[column] == before:
                tx.update("participant", one["id"], {column: text.strip()})


def _copies(tx: Transaction, words: str) -> int:
    """The words where they were copied to: names of heaps and themes, what is kept, needs and how they read before, sheets.

    Returns how many heaps, themes, needs, kept rows and parts of small sheets had them.
    """
    had = 0
    whole = _whole(words)

    def covered(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
        return {n: whole.sub(SIGN, row[n]) for n in names if whole.search(str(row.get(n, "")))}

    for table, names in (("heap", ("title", "from_tables")), ("theme", ("title", "waits")), ("need", _TYPED)):
        for row in tx.rows(table):
            if changed := covered(row, names):
                tx.update(table, row["id"], changed)
                had += 1
    for table in ("need_version", "outcome", "sheet_row"):
        for row in tx.rows(table):
            fields = json.loads(row["fields"])
            typed = tuple(name for name, value in fields.items() if isinstance(value, str))
            if changed := covered(fields, _TYPED if table == "need_version" else typed):
                tx.update(table, row["id"], {"fields": json.dumps(fields | changed, ensure_ascii=False)})
                had += table != "need_version"
    return had
