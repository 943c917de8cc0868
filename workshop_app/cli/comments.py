"""`workshop comments`: a comment round on a draft from the command line, under the same rules as the desk."""

from pathlib import Path
from typing import Any

import click

from workshop_app import actions, i18n
from workshop_app.actions import comment_round as rounds
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.i18n import N_
from workshop_app.model.comments import KINDS, Comment, CommentRound, draft_of_request, paragraphs_of
from workshop_app.model.request import Rfi
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

ABSENT = N_("There is no file at {name}.")
NOT_TEXT = N_("{name} is not text in UTF-8. Nothing was imported.")


@cli.group("comments")
@session_file
@click.pass_context
def comments_group(ctx: click.Context, file: Path) -> None:
    """A comment round on a draft: every comment gets an answer, published to all in one document."""
    if not file.exists():
        raise Refused(ABSENT, name=str(file))
    ctx.obj = file


def _do(file: Path, verb: actions.Action, **given: Any) -> None:
    with SessionFile.open(file, program="workshop comments") as opened:
        made = actions.do(opened, verb, **given)
    click.echo("done" if made is None else str(made))


@comments_group.command("show")
@json_option
@click.pass_obj
def show_command(file: Path, as_json: bool) -> None:
    """Paragraphs, comments and answers; who commented is not told."""
    with SessionFile.read(file) as opened:
        told = queries.comment_round(opened)
    if as_json:
        print_json(_as_json(told))
        return
    for one in told.paragraphs:
        click.echo(f"paragraph {one.number}  {one.text}")
        for comment in one.comments:
            click.echo(f"comment {comment.id}  {comment.kind}  {comment.text}  ->  {comment.answer}")


def _as_json(told: CommentRound) -> dict[str, Any]:
    plain = {"title": told.title, "about": told.about, "closes_on": told.closes_on}
    counts = {
        "comments": len(told.comments),
        "waiting": len(told.waiting),
        "final": told.final_at is not None,
    }
    paragraphs = [
        {"number": p.number, "text": p.text, "comments": [_comment(c) for c in p.comments]}
        for p in told.paragraphs
    ]
    return plain | counts | {"paragraphs": paragraphs}


def _comment(one: Comment) -> dict[str, Any]:
    names = ("id", "kind", "text", "source", "answer", "answered_by")
    return {n: getattr(one, n) for n in names} | {"published": one.published_at is not None}


@comments_group.command("draft")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--from-request", is_flag=True, help="The request for information instead of a text file.")
@click.pass_obj
def draft_command(file: Path, path: Path | None, from_request: bool) -> None:
    """Numbers the paragraphs of a text (a blank line between them). Prints how many."""
    if from_request:
        with SessionFile.read(file) as opened:
            session = queries.session(opened)
            asked = queries.dialogue(opened).rfi or Rfi()
            lang = i18n.language(session.language)
            texts = draft_of_request(asked, queries.needs(opened), lang, session.language)
    else:
        texts = paragraphs_of(_text(path))
    _do(file, rounds.set_draft, paragraphs=texts)


def _text(path: Path | None) -> str:
    if path is None or not path.is_file():
        raise Refused(ABSENT, name=str(path or ""))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Refused(NOT_TEXT, name=path.name) from trouble
    except OSError as trouble:
        raise RoomTrouble(rounds.UNREAD, name=path.name, why=trouble.strerror or "") from trouble


@comments_group.command("about")
@click.option("--title", metavar="TEXT")
@click.option("--about", metavar="TEXT", help="What those who comment are asked for.")
@click.option("--closes-on", metavar="DAY", help="The last day, YYYY-MM-DD.")
@click.pass_obj
def about_command(file: Path, **given: str | None) -> None:
    """What the draft is called, what is asked for, and the last day."""
    _do(file, rounds.set_round, **given)


@comments_group.command("add")
@click.argument("paragraph", type=int)
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("text", default="")
@click.pass_obj
def add_command(file: Path, paragraph: int, kind: str, text: str) -> None:
    """A comment on the paragraph of this number."""
    _do(file, rounds.add, paragraph=paragraph, kind=kind, text=text)


@comments_group.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_obj
def import_command(file: Path, path: Path) -> None:
    """Comments out of a CSV file with the columns paragraph, kind and comment: all of them or none."""
    if not path.is_file():
        raise Refused(ABSENT, name=str(path))
    _do(file, rounds.add_all, rows=rounds.read_csv(path), name=path.name)


@comments_group.command("answer")
@click.argument("comments", type=int, nargs=-1, required=True)
@click.option("--text", required=True, metavar="TEXT")
@click.option("--by-role", required=True, metavar="ROLE")
@click.pass_obj
def answer_command(file: Path, comments: tuple[int, ...], text: str, by_role: str) -> None:
    """Answers one or several comments."""
    _do(file, rounds.reply, comments=comments, answer=text, by_role=by_role)


@comments_group.command("publish")
@click.pass_obj
def publish_command(file: Path) -> None:
    """Makes the round final; refused while a comment lacks an answer."""
    _do(file, rounds.publish)


@comments_group.command("reopen")
@click.pass_obj
def reopen_command(file: Path) -> None:
    """More comments may come; what was published stays."""
    _do(file, rounds.reopen)
