"""`workshop dialogue`: the register of a dialogue with suppliers from the command line, under the same rules as the desk."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from workshop_app import actions, i18n
from workshop_app.actions import dialogue as register
from workshop_app.actions import meeting, question_list, rfi
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.i18n import N_
from workshop_app.model.dialogue import (
    GIVEN,
    RAISED_IN,
    SUPPLIER_STATUSES,
    SUPPLIER_TYPES,
    Dialogue,
    asymmetries,
    coverage,
)
from workshop_app.model.dialogue_words import COVERAGE, mend, said
from workshop_app.model.evaluation import Evaluation
from workshop_app.model.request import STANDARD
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

BAD_ITEM = N_("Write an item of the agenda as TITLE=MINUTES, such as Villkor=5.")
BAD_SPENT = N_("Write the time of an item as ITEM=SECONDS, such as 3=300.")
ABSENT = N_("There is no file at {name}.")


@cli.group("dialogue")
@session_file
@click.pass_context
def dialogue_group(ctx: click.Context, file: Path) -> None:
    """Keeps a dialogue with suppliers: what was told to whom, and what was not alike."""
    ctx.obj = file


@dialogue_group.command("show")
@click.option(
    "--edition", default="internal", type=click.Choice(["internal", "open"]), help="What it may show."
)
@json_option
@click.pass_obj
def show_command(file: Path, edition: str, as_json: bool) -> None:
    """The register, the question list and every asymmetry; the open edition names no company."""
    with SessionFile.read(file) as opened:
        lang = i18n.language(queries.session(opened).language)
        if edition == "open":
            told = {
                k: v for k, v in actions.transfer.open_edition(opened).items() if k in ("qa_log", "dialogue")
            }
            print_json(told) if as_json else _tell_open(told)
            return
        whole, thought = queries.dialogue(opened), queries.evaluation(opened)
    if as_json:
        print_json(_as_json(whole, lang) | {"evaluation": _thought(thought)})
        return
    for one in whole.suppliers:
        click.echo(f"supplier {one.id}  {one.name}  {one.type}  {one.status}")
    for item in whole.agenda_now:
        click.echo(f"item {item.id}  {item.title}  {item.minutes} min")
    for slot in whole.slots:
        took = "" if slot.actual_seconds is None else f"  {slot.actual_seconds / 60:g} min"
        planned = f"round {slot.round}  supplier {slot.supplier}  {slot.starts_at}  {slot.minutes} min"
        click.echo(f"slot {slot.id}  {planned}  {slot.state}{took}")
    for entry in whole.questions:
        click.echo(f"entry {entry.id}  {entry.state}  {entry.question}")
    for hint in coverage(whole):
        click.echo(f"hint  {lang(COVERAGE[hint])}")
    for found in asymmetries(whole):
        click.echo(f"not alike  {said(found, whole, lang)} {mend(found, lang)}")


def _tell_open(told: dict[str, Any]) -> None:
    for entry in told.get("qa_log", ()):
        click.echo(f"{entry['published_on']}  {entry['question']}\n    {entry['answer']}")


def _as_json(whole: Dialogue, lang: i18n.Language) -> dict[str, Any]:
    plain = (
        "purpose",
        "terms",
        "needs_version",
        "invitation",
        "channels",
        "invited_on",
        "open_to_all",
        "round",
    )
    parts = ("buyers", "suppliers", "materials", "agenda")
    return {
        **{name: getattr(whole, name) for name in plain},
        "locked": whole.agenda_locked_at is not None,
        "final": whole.final_at is not None,
        **{name: [vars(one) for one in getattr(whole, name)] for name in parts},
        "slots": [{**vars(s), "state": s.state} for s in whole.slots],
        "questions": [{**vars(q), "state": q.state} for q in whole.questions],
        "coverage": list(coverage(whole)),
        "asymmetries": [
            {**vars(a), "words": said(a, whole, lang), "mend": mend(a, lang)} for a in asymmetries(whole)
        ],
    }


def _thought(one: Evaluation) -> dict[str, Any]:
    medians = {name: spread.median for name, spread in one.spreads.items()}
    counts = {"people": one.people, "waiting": one.waiting, "again": dict(one.again)}
    return counts | {"medians": medians, "comments": list(one.comments)}


def _do(file: Path, verb: actions.Action, **kwargs: Any) -> None:
    """Performs one action on a file that no one else writes, and says what it made."""
    if not file.exists():
        raise Refused(ABSENT, name=str(file))
    with SessionFile.open(file, program="workshop dialogue") as opened:
        made = actions.do(opened, verb, **kwargs)
    click.echo("done" if made is None else " ".join(map(str, made)) if isinstance(made, list) else str(made))


def _command(name: str, verb: actions.Action, words: str, *params: Callable[..., Any]) -> None:
    """One command for one action, its options named as the action's own arguments."""

    def run(file: Path, **given: Any) -> None:
        _do(file, verb, **{k: v for k, v in given.items() if v is not None})

    made = click.pass_obj(run)
    for param in reversed(params):
        made = param(made)
    dialogue_group.command(name, help=words)(made)


def _id(name: str) -> Callable[..., Any]:
    return click.argument(name, type=int)


def _text(name: str, words: str = "", required: bool = False) -> Callable[..., Any]:
    return click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT", required=required, help=words)


def _some(_ctx: click.Context, _param: click.Parameter, given: tuple[Any, ...]) -> tuple[Any, ...] | None:
    return given or None


_command(
    "terms", register.set_terms, "Purpose, terms and which version of the needs is shown.",
    _text("purpose"), _text("terms"), click.option("--needs-version", type=click.IntRange(1)),
)  # fmt: skip
_command(
    "invite", register.invite, "How and when suppliers were invited.",
    _text("invitation"), _text("channels"), _text("invited_on", "The day it was published, YYYY-MM-DD."),
    click.option("--open-to-all/--not-open", default=None),
)  # fmt: skip
_command(
    "buyer", register.add_buyer, "A role from the buyer and its declared interests.",
    _text("role", required=True), _text("organisation"), _text("interests"),
)  # fmt: skip
_command(
    "register", register.register, "Adds a supplier to the internal register.",
    _text("name", required=True), click.option("--type", required=True, type=click.Choice(list(SUPPLIER_TYPES))),
    click.option("--status", type=click.Choice(list(SUPPLIER_STATUSES))),
    click.option("--new-to-us", is_flag=True), click.option("--earlier-contract", is_flag=True),
)  # fmt: skip
_command(
    "supplier", register.change_supplier, "Changes a supplier.", _id("supplier"),
    click.option("--type", type=click.Choice(list(SUPPLIER_TYPES))),
    click.option("--status", type=click.Choice(list(SUPPLIER_STATUSES))),
    click.option("--new-to-us/--known", default=None), click.option("--earlier-contract/--no-contract", default=None),
)  # fmt: skip
_command(
    "give", register.give, "Notes that suppliers have had something.",
    click.argument("what", type=click.Choice(GIVEN)), _id("id"),
    click.option("--supplier", "suppliers", type=int, multiple=True, required=True),
)  # fmt: skip
_command(
    "give-all", register.give_all, "Notes that everyone who takes part has had something.",
    click.argument("what", type=click.Choice(GIVEN)), _id("id"),
)  # fmt: skip
_command(
    "note", meeting.note, "What was said in a meeting at one item of the agenda.", _id("slot"), _id("item"),
    _text("open", "For all."), _text("secret", "The supplier's business secret."), _text("internal", "Our own."),
    _text("correction"), _text("new_information", "A fact that others have not had: copied to the question list."),
)  # fmt: skip
_command("confirm", meeting.confirm_notes, "The supplier confirms the notes of a meeting.", _id("slot"))
_command(
    "cancel-slot", meeting.cancel_slot, "Cancels a meeting or breaks it off.", _id("slot"), _text("reason")
)
_command("start-slot", meeting.start_slot, "Starts a meeting; the first one locks the agenda.", _id("slot"))
_command(
    "ask", question_list.ask, "Adds a question to the list.", click.argument("question"),
    click.option("--raised-in", required=True, type=click.Choice(RAISED_IN)),
    click.option("--need", type=int), click.option("--slot", type=int),
    click.option("--new-information", is_flag=True), click.option("--secret-part", is_flag=True),
)  # fmt: skip
_command(
    "answer", question_list.reply, "Answers a question that is not published.", _id("entry"),
    click.argument("answer"), _text("by_role", required=True), _text("promised_on", "YYYY-MM-DD."),
)  # fmt: skip
_command("promise", question_list.promise, "Promises an answer on a day.", _id("entry"), click.argument("on"))
_command(
    "reword", question_list.reword, "Rewords an entry that is not published.", _id("entry"), _text("question"),
    click.option("--secret-part/--no-secret", default=None),
)  # fmt: skip
_command("about", question_list.about, "Which need an entry is about.", _id("entry"), _id("need"))
_command("same", question_list.same, "An entry asks the same as another.", _id("entry"), _id("as_"))
_command(
    "publish", question_list.publish, "Publishes answered entries to all at once.",
    click.argument("entries", type=int, nargs=-1, required=True),
)  # fmt: skip
_command(
    "correct", question_list.correct, "Puts a published answer right by a new entry.", _id("entry"),
    click.argument("answer"), _text("by_role", required=True),
)  # fmt: skip
_command(
    "judge", register.judge, "The buyer's own judgement, in the closed part.", _id("supplier"),
    _text("text", required=True), click.option("--score", type=int), _text("by_role"),
)  # fmt: skip
_command("final", register.set_final, "Makes the summary of the dialogue final.")
_command("reopen", register.reopen, "A final summary becomes a draft again.")
_command(
    "rfi", rfi.set_rfi, "The request for information: only what is given is changed.",
    _text("background"), _text("issued", "YYYY-MM-DD."), _text("questions_due", "YYYY-MM-DD."),
    _text("answers_due", "YYYY-MM-DD."), _text("told_on", "When all are told what was learned, YYYY-MM-DD."),
    _text("answer_to", "Where answers are sent."), _text("used_for", "How the answers are used."),
    _text("budget", "A sum to ask about."), _text("sent_to"),
    click.option("--question", "questions", multiple=True, callback=_some, help="One of your own; repeatable."),
    click.option("--leave-out", "left_out", multiple=True, callback=_some, type=click.Choice(list(STANDARD)),
                 help="A standard question not to ask; repeatable."),
    click.option("--need", "needs", multiple=True, callback=_some, type=int, help="The id of a need to ask about; repeatable."),
)  # fmt: skip


def _items(texts: tuple[str, ...]) -> list[dict[str, Any]]:
    items = []
    for text in texts:
        title, sign, minutes = text.rpartition("=")
        if not sign or not minutes.strip().isdecimal() or len(minutes) > 4:
            raise Refused(BAD_ITEM)
        items.append({"title": title.strip(), "minutes": int(minutes)})
    return items


items_option = click.option(
    "--item", "texts", multiple=True, metavar="TITLE=MINUTES", help="Repeatable, in order."
)


@dialogue_group.command("agenda")
@items_option
@click.pass_obj
def agenda_command(file: Path, texts: tuple[str, ...]) -> None:
    """Sets the fixed agenda."""
    _do(file, register.set_agenda, items=_items(texts))


@dialogue_group.command("new-round")
@items_option
@click.pass_obj
def round_command(file: Path, texts: tuple[str, ...]) -> None:
    """A changed agenda: earlier meetings are to be offered again."""
    _do(file, register.new_round, items=_items(texts))


@dialogue_group.command("slot")
@click.argument("supplier", type=int)
@click.argument("starts_at", metavar="START")
@click.option("--minutes", type=int, help="Only the agenda's own length is taken.")
@click.option("--late-reason", default="")
@click.pass_obj
def slot_command(file: Path, supplier: int, starts_at: str, minutes: int | None, late_reason: str) -> None:
    """Plans a meeting with a supplier, START as 2026-03-14T09:00."""
    more = {} if minutes is None else {"minutes": minutes}
    slot = {"supplier": supplier, "starts_at": starts_at, "late_reason": late_reason, **more}
    _do(file, meeting.add_slots, slots=[slot])


@dialogue_group.command("end-slot")
@click.argument("slot", type=int)
@click.option("--deviation", default="", metavar="TEXT")
@click.option("--offer", default="", metavar="TEXT", help="What the other suppliers are offered.")
@click.option("--actual-seconds", type=click.IntRange(0, 86400), help="For a meeting entered afterwards.")
@click.option("--spent", "texts", multiple=True, metavar="ITEM=SECONDS")
@click.option("--agenda-done/--agenda-left", default=None)
@click.pass_obj
def end_command(file: Path, texts: tuple[str, ...], **given: Any) -> None:
    """Ends a meeting; one that ran over needs a note and an offer."""
    spent = {}
    for text in texts:
        item, _, seconds = text.partition("=")
        if not (item.isdecimal() and seconds.isdecimal() and len(text) < 20):
            raise Refused(BAD_SPENT)
        spent[int(item)] = int(seconds)
    _do(file, meeting.end_slot, spent=spent, **given)


@dialogue_group.command("material")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--title", default="")
@click.option("--version", default="")
@click.pass_obj
def material_command(file: Path, path: Path, title: str, version: str) -> None:
    """Notes a file that is shown or handed out, by its checksum."""
    if not path.is_file():
        raise Refused(ABSENT, name=str(path))
    with path.open("rb") as handle:
        checksum = hashlib.file_digest(handle, "sha256").hexdigest()
    size = path.stat().st_size
    _do(file, register.add_material, title=title or path.name, version=version, sha256=checksum, size=size)
