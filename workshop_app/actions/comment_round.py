"""A comment round on a draft: every comment gets an answer, and nothing is final before that."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from workshop_app.actions import standing
from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import iso_day, limited, names_nobody
from workshop_app.actions.fields import clean
from workshop_app.formats import Field
from workshop_app.i18n import N_, language
from workshop_app.model.comments import KINDS, LONGEST, MOST
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store.writer import Transaction

LARGEST = 2**20
PARAGRAPH, KIND, TEXT = (
    ("paragraph", "stycke", "punkt"),
    ("kind", "typ", "slag"),
    ("comment", "kommentar", "text"),
)

BEGUN = N_(
    "There are comments already, so the paragraphs stay as they are. Tell in an answer what is changed."
)
NO_TEXT = N_("Write the draft first, with a blank line between paragraphs.")
TOO_MANY = N_("The draft has {n} paragraphs, {limit} at most.")
TOO_LONG = N_("Paragraph {number} is {over} characters too long. Divide it.")
NO_PARAGRAPH = N_("There is no paragraph {number} in the draft.")
NO_KIND = N_("Say what kind of comment it is: unclear, drives cost, excludes somebody, wrong or good.")
NO_COMMENT = N_("Write the comment first.")
NOT_HERE = N_("That comment is not in the round.")
NO_ANSWER = N_("Write the answer first. Every comment gets one.")
NO_ROLE = N_("Say which role answers.")
OUT = N_("This answer is published to all and stays as it is. Add a comment and answer that one.")
NOT_TYPED = N_("This comment was received and stays. Only one that you typed here can be taken away.")
IS_FINAL = N_("The comment round is published. Open it again first.")
NO_DRAFT = N_("There is no draft yet. Write its paragraphs first.")
UNANSWERED = N_("Comments without an answer: {n}. Answer them first, then the round can be published.")
NO_TABLE = N_("{name} has no columns that can be read. The first row names them: paragraph, kind, comment.")
BAD_ROW = N_("Row {row} of {name}: {why} Nothing was read in.")
UNREAD = N_("{name} cannot be read: {why}.")
TOO_LARGE = N_("{name} is too large for a list of comments.")


@action(N_("Change the comment round"))
def set_round(
    tx: Transaction, *, title: str | None = None, about: str | None = None, closes_on: str | None = None
) -> None:
    """What the draft is called, what is asked of those who comment, and the last day, as an ISO date."""
    _open(tx)
    changes: dict[str, Any] = {}
    if title is not None:
        changes["title"] = limited("title", title)
    if about is not None:
        changes["about"] = limited("terms", about)
    if closes_on is not None:
        changes["closes_on"] = iso_day(closes_on)
    if changes:
        tx.update("comment_round", 1, changes)


@action(N_("Set the draft"))
def set_draft(tx: Transaction, *, paragraphs: Sequence[str]) -> int:
    """The draft as numbered paragraphs; refused once there is a comment. Returns how many."""
    _open(tx)
    if tx.rows("comment"):
        raise Refused(BEGUN)
    texts = [clean(p).strip() for p in paragraphs if p.strip()]
    if not texts:
        raise Refused(NO_TEXT)
    if len(texts) > MOST:
        raise Refused(TOO_MANY, n=len(texts), limit=MOST)
    for number, text in enumerate(texts, 1):
        if len(text) > LONGEST:
            raise Refused(TOO_LONG, number=number, over=len(text) - LONGEST)
    names_nobody(tx, texts)
    tx.delete("paragraph")
    for number, text in enumerate(texts, 1):
        tx.insert("paragraph", {"number": number, "text": text})
    return len(texts)


@action(N_("Add a comment"))
def add(tx: Transaction, *, paragraph: int, kind: str, text: str, source: str = "paper") -> int:
    """A comment on the paragraph of this number; `kind` is one of KINDS. Returns its id."""
    _open(tx)
    rows = tx.rows("paragraph", number=paragraph)
    if not rows:
        raise Refused(NO_PARAGRAPH, number=paragraph)
    if kind not in KINDS:
        raise Refused(NO_KIND)
    words = limited("question", text).strip()
    if not words and kind != "good":
        raise Refused(NO_COMMENT)
    row = {
        "paragraph_id": rows[0]["id"],
        "kind": kind,
        "text": words,
        "source": source,
        "received_at": tx.now,
    }
    return tx.insert("comment", row)


@action(N_("Read in comments"))
def add_all(tx: Transaction, *, rows: Sequence[Mapping[str, Any]], name: str) -> int:
    """Comments out of a file, as `read_csv` gives them: all of them or none. Returns how many."""
    for place, row in enumerate(rows, 2):
        try:
            add(tx, **row, source="import")
        except Refused as trouble:
            raise Refused(BAD_ROW, row=place, name=name, why=trouble) from trouble
    return len(rows)


@action(N_("Answer a comment"))
def reply(tx: Transaction, *, comments: Sequence[int], answer: str, by_role: str) -> None:
    """Gives one or several comments the same answer, by a role; refused for what is published."""
    _open(tx)
    words, role = limited("answer", answer).strip(), limited("role", by_role).strip()
    if not words:
        raise Refused(NO_ANSWER)
    if not role:
        raise Refused(NO_ROLE)
    for one in comments:
        if _comment(tx, one)["published_at"]:
            raise Refused(OUT)
        tx.update("comment", one, {"answer": words, "answered_by": role, "answered_at": tx.now})


@action(N_("Take a comment away"))
def drop(tx: Transaction, *, comment: int) -> None:
    """Takes away a comment that the leader typed here by mistake; what others sent stays."""
    _open(tx)
    row = _comment(tx, comment)
    if row["source"] != "paper" or row["published_at"]:
        raise Refused(NOT_TYPED)
    tx.delete("comment", id=comment)


@action(N_("Publish the comment round"), seals=True)
def publish(tx: Transaction) -> int:
    """Makes the round final: one document with every comment and its answer. Refused while a comment lacks an answer.

    Returns how many comments it holds. Cannot be undone: what has been read cannot be unread.
    """
    _open(tx)
    rows, paragraphs = tx.rows("comment"), tx.rows("paragraph")
    if not paragraphs:
        raise Refused(NO_DRAFT)
    waiting = [r for r in rows if not r["answer"].strip()]
    if waiting:
        raise Refused(UNANSWERED, n=len(waiting))
    cover = tx.row("comment_round", 1) or {}
    texts = [p["text"] for p in paragraphs] + [r[k] for r in rows for k in ("text", "answer", "answered_by")]
    names_nobody(tx, [cover["title"], cover["about"], *texts])
    for row in rows:
        if row["published_at"] is None:
            tx.update("comment", row["id"], {"published_at": tx.now})
    tx.update("comment_round", 1, {"final_at": tx.now})
    return len(rows)


@action(N_("Open the comment round again"))
def reopen(tx: Transaction) -> None:
    """More comments may come; what was published stays as it was."""
    _cover(tx)
    tx.update("comment_round", 1, {"final_at": None})


def from_phone(
    tx: Transaction, *, answer: int, participant: str | None, items: Sequence[tuple[Field, str, str]]
) -> None:
    """Comments that a phone sent in the fields `comment` and `kind` of a paragraph go in the round; who wrote does not.

    The same again from the same phone is one comment. Without a kind it is something unclear.
    """
    said: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for field, item, value in items:
        if field.name in ("comment", "kind") and item.isdecimal():
            said[int(item)][field.name] = value
    for paragraph, one in said.items():
        row: dict[str, Any] = {
            "paragraph_id": paragraph,
            "kind": one.get("kind", "unclear"),
            "text": one.get("comment", "").strip(),
        }
        before = [tx.row("answer", c["answer_id"]) for c in tx.rows("comment", **row) if c["answer_id"]]
        again = participant and any(
            a and standing.person(tx, a["participant"]) == participant for a in before
        )
        if tx.row("paragraph", paragraph) is not None and not again:
            tx.insert("comment", {**row, "source": "phone", "answer_id": answer, "received_at": tx.now})


def read_csv(path: Path) -> list[dict[str, Any]]:
    """The comments in a table with the columns paragraph, kind and comment, in Swedish or English words."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(TOO_LARGE, name=path.name)
        data = path.read_bytes()
    except OSError as trouble:
        raise RoomTrouble(UNREAD, name=path.name, why=trouble.strerror or str(trouble)) from trouble
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what spreadsheets here save as "CSV"
    head = text.splitlines()[0] if text.strip() else ""
    sign = max(";\t,", key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=sign) if any(c.strip() for c in row)]
    except csv.Error as trouble:
        raise Refused(NO_TABLE, name=path.name) from trouble
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    places = [next((names.index(n) for n in known if n in names), -1) for known in (PARAGRAPH, KIND, TEXT)]
    if min(places) < 0:
        raise Refused(NO_TABLE, name=path.name)
    return [_read_row([row[p].strip() if p < len(row) else "" for p in places]) for row in rows[1:]]


def _read_row(cells: Sequence[str]) -> dict[str, Any]:
    number = cells[0].rstrip(".")
    return {
        "paragraph": int(number) if number.isdecimal() and len(number) < 6 else 0,
        "kind": kind_said(cells[1]),
        "text": cells[2],
    }


def kind_said(words: str) -> str:
    """The kind that a word in either language means, else the word itself."""
    said = words.strip().casefold()
    known = {"fel": "wrong"}  # what people write in tables; the program itself says "stämmer inte"
    for lang in map(language, ("sv", "en")):
        known |= {lang(label).casefold(): kind for kind, label in KINDS.items()}
    return known.get(said, said)


def _cover(tx: Transaction) -> dict[str, Any]:
    if tx.row("comment_round", 1) is None:
        tx.insert("comment_round", {"id": 1})
    return tx.row("comment_round", 1) or {}


def _open(tx: Transaction) -> None:
    """Refused while the round is final; a comment that came afterwards opens it again."""
    if _cover(tx)["final_at"] and all(r["answer"].strip() for r in tx.rows("comment")):
        raise Refused(IS_FINAL)


def _comment(tx: Transaction, comment: int) -> dict[str, Any]:
    row = tx.row("comment", comment)
    if row is None:
        raise Refused(NOT_HERE)
    return row
