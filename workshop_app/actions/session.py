"""The cover of a session: made once, corrected any time."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from workshop_app import formats, invite
from workshop_app.actions.action import action, do
from workshop_app.i18n import N_
from workshop_app.model.trouble import BadFormat, Refused
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

UNKNOWN_FORMAT = N_("There is no format called “{name}”. Choose one of: {known}.")
NO_TITLE = N_("Give the workshop a title first.")
NO_QUESTION = N_("The question cannot be empty. Write what you want to ask.")
BAD_LANGUAGE = N_("The language “{code}” is not there. Choose one of: {known}.")

COVER = (
    "title",
    "date",
    "place",
    "organisation",
    "commissioner",
    "decision_maker",
    "contact_point",
    "mandate",
    "leader_role",
    "recipient",
    "keep_until",
    "language",
)


def find_format(name: str) -> formats.Format:
    """The format of this id (or former id), shipped or one's own; Refused names those there are."""
    known = formats.known()
    for one in known.values():
        if name == one.id or name in one.also_known_as:
            return one
    raise Refused(UNKNOWN_FORMAT, name=name, known=", ".join(known))


def format_of(row: Mapping[str, Any]) -> formats.Format:
    """The format that a session's row follows, from its own text where it carries one."""
    try:
        found = formats.held(row.get("format_id", ""), row.get("format_toml", ""))
    except formats.FormatTrouble as trouble:
        raise BadFormat(trouble) from trouble
    return found or find_format(row.get("format_id", ""))


def create(path: Path, *, program: str = "workshop", **cover: Any) -> SessionFile:
    """Makes a new session file on disk with `new_session` as its first action; on a refusal no file is left."""
    format_of(cover)
    file = SessionFile.create(path, program)
    try:
        do(file, new_session, by="program", **cover)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return file


@action(N_("New workshop"), undoable=False)
def new_session(
    tx: Transaction,
    *,
    format_id: str,
    title: str,
    format_toml: str = "",
    language: str = "sv",
    question: str = "",
    roles: Sequence[str] = (),
    organisations: Sequence[str] = (),
    missing: Sequence[str] = (),
    fictional: bool = False,
    extra: dict[str, Any] | None = None,
    **cover: str,
) -> None:
    """Fills an empty file: cover, agenda copied from the format, first question, token and code for phones.

    A format that does not come with the program is carried along in the file, so that any computer can show it.
    """
    one = format_of({"format_id": format_id, "format_toml": format_toml})
    if not title.strip():
        raise Refused(NO_TITLE)
    _known_language(language)
    tx.insert(
        "session",
        {
            "id": 1,
            "file_id": uuid4().hex,
            "format_id": one.id,
            "format_toml": "" if one == formats.formats().get(one.id) else formats.write(one),
            "title": title.strip(),
            "language": language,
            "token": invite.new_token(),
            "short_code": invite.new_short_code(),
            "current_step": one.first.id,
            "roles": _list(roles or [r.label.get(language) for r in one.roles]),
            "organisations": _list(organisations),
            "fictional": int(fictional),
            "extra": json.dumps(extra or {}, ensure_ascii=False),
            "created_at": tx.now,
            **{k: cover[k] for k in COVER if cover.get(k) and k not in ("title", "language")},
        },
    )
    for position, step in enumerate(one.steps, 1):
        opened = {"state": "open", "started_at": None} if position == 1 else {"state": "planned"}
        tx.insert("step", {"id": step.id, "position": position, "minutes": step.minutes, **opened})
    tx.insert("question_version", {"version": 1, "text": question.strip(), "created_at": tx.now})
    _write_missing(tx, missing)


@action(N_("Change the cover"))
def set_cover(tx: Transaction, **changes: str) -> None:
    """Changes title, date, place, organisation, commissioner, mandate and the other texts of the cover."""
    if not changes.get("title", "x").strip():
        raise Refused(NO_TITLE)
    if "language" in changes:
        _known_language(changes["language"])
    if changes:
        tx.update("session", 1, {k: v.strip() for k, v in changes.items() if k in COVER})


@action(N_("Change the list of roles"))
def set_roles(tx: Transaction, *, roles: Sequence[str]) -> None:
    """The roles that the join form offers, in order; "other" is always there besides."""
    tx.update("session", 1, {"roles": _list(roles)})


@action(N_("Change the list of organisations"))
def set_organisations(tx: Transaction, *, organisations: Sequence[str]) -> None:
    """The organisations that the join form offers."""
    tx.update("session", 1, {"organisations": _list(organisations)})


@action(N_("Change who is missing"))
def set_missing(tx: Transaction, *, missing: Sequence[str]) -> None:
    """The voices that ought to be in the room and are not."""
    tx.delete("missing_voice")
    _write_missing(tx, missing)


@action(N_("Reword the question"))
def reword_question(tx: Transaction, *, text: str) -> int:
    """A new version of the question; answers already given stay tied to the old one. Returns its number."""
    words = text.strip()
    if not words:
        raise Refused(NO_QUESTION)
    version = tx.largest("question_version", "version")
    newest = tx.row("question_version", version, "version")
    if newest and newest["text"] == words:
        return version
    if newest and not newest["text"]:
        tx.update("question_version", version, {"text": words}, "version")
        return version
    tx.insert("question_version", {"version": version + 1, "text": words, "created_at": tx.now})
    return version + 1


@action(N_("Port of the phones' page"), undoable=False)
def set_port(tx: Transaction, *, port: int) -> None:
    """Remembers where the phones' page was, so that it comes back at the same address."""
    tx.update("session", 1, {"port": port})


@action(N_("Change a setting"))
def set_setting(tx: Transaction, *, key: str, value: str) -> None:
    """One of the session's own settings, such as where the result is kept."""
    row = tx.row("session", 1) or {}
    settings = json.loads(row["settings"])
    settings[key] = value
    tx.update("session", 1, {"settings": json.dumps(settings, ensure_ascii=False)})


@action(N_("Finish this version"))
def finish_version(tx: Transaction) -> int:
    """Marks the summary as printed: the next change belongs to the next version. Returns the new number."""
    row = tx.row("session", 1) or {}
    tx.update("session", 1, {"version": row["version"] + 1})
    return int(row["version"]) + 1


def _write_missing(tx: Transaction, missing: Sequence[str]) -> None:
    for text in dict.fromkeys(m.strip() for m in missing if m.strip()):
        tx.insert("missing_voice", {"text": text})


def _list(texts: Sequence[str]) -> str:
    return json.dumps(list(dict.fromkeys(t.strip() for t in texts if t.strip())), ensure_ascii=False)


def _known_language(code: str) -> None:
    if code not in ("sv", "en"):
        raise Refused(BAD_LANGUAGE, code=code, known="sv, en")
