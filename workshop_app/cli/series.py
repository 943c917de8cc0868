"""What outlives one session, from a terminal: the register of needs, sessions joined into one, and erasing."""

import sys
from datetime import date
from pathlib import Path

import click

from workshop_app import actions, i18n
from workshop_app.cli.in_and_out import out_option
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.i18n import N_
from workshop_app.model import register
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SAY_YES = N_("There is nobody to ask here. Add --yes if it shall be erased for good.")
ASK_ANSWERS = N_("Erase all answers in {name} and its backups for good?")
ASK_WHOLE = N_("Erase the whole file {name} and its backups for good?")


@cli.command("register")
@session_file
@json_option
def register_command(file: Path, as_json: bool) -> None:
    """Lists all needs with route, owner, date and status; the nearest date first."""
    with SessionFile.read(file) as opened:
        found = register.entries(queries.needs(opened), date.today())
    lines = [
        {
            "number": one.need.number,
            "title": one.need.title,
            **{n: one.need.fields[n] for n in ("route", "route_reason", "other_process", "owner")},
            "due": one.due.isoformat() if one.due else "",
            "overdue": one.late,
            "status": one.need.status,
            "since": one.since.status if one.since else "",
            "note": one.since.note if one.since else "",
            "carried_from": [
                {"file": c.file_id, "need": c.number, "version": c.version, "date": c.date}
                for c in one.need.carried
            ],
            "organisations": list(one.need.shared),
        }
        for one in found
    ]
    if as_json:
        print_json({"needs": lines})
        return
    for line in lines:
        words = [str(line[n] or "-") for n in ("due", "route", "owner", "status", "since")]
        click.echo(f"{line['number']:>3}  {'  '.join(words)}  {line['title']}")


@cli.command("merge")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path, dir_okay=False))
@out_option
@click.option("--title", default="", metavar="TEXT", help="What the joined workshop is called.")
@json_option
def merge_command(files: tuple[Path, ...], target: Path, title: str, as_json: bool) -> None:
    """Joins several laptops' or organisations' sessions into one; the files given are only read."""
    with actions.merge.merge(files, target, title, program="workshop merge") as made:
        session, balance, needs = queries.session(made), queries.balance(made), queries.needs(made)
        twins = actions.merge.twins(made)
    named = {n.id: n for n in needs}
    pairs = [(named[t.need], named[t.other], round(t.likeness, 2)) for t in twins]
    if as_json:
        told = {"file": str(target), "title": session.title, "cards": balance.received, "needs": len(needs)}
        same = [
            {"needs": [a.number, b.number], "organisations": [a.origin[0], b.origin[0]], "likeness": likeness}
            for a, b, likeness in pairs
        ]
        print_json({**told, "possibly_same": same})
        return
    click.echo(f"Made {target}: {session.title}, {balance.received} cards, {len(needs)} needs")
    for a, b, likeness in pairs:
        click.echo(f"possibly the same ({likeness}): {a.number} {a.title} = {b.number} {b.title}")


@cli.command("erase")
@session_file
@click.option(
    "--basis", required=True, metavar="TEXT", help="The decision or the retention plan it rests on."
)
@click.option("--whole", is_flag=True, help="The whole file, needs and all; otherwise its answers.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase_command(file: Path, basis: str, whole: bool, yes: bool, as_json: bool) -> int:
    """Erases what people answered for good, backups too, and leaves a receipt without content."""
    if not yes:
        if not sys.stdin.isatty():
            raise Refused(SAY_YES)
        question = i18n.system_language()(ASK_WHOLE if whole else ASK_ANSWERS).format(name=file.name)
        click.confirm(question, abort=True, err=True)
    receipt = actions.erase.erase_file(file, basis, whole=whole)
    left = [str(p) for p in receipt.left]
    if as_json:
        told = {"file": str(file), "at": receipt.at, "basis": receipt.basis, "counts": receipt.counts}
        print_json({**told, "whole": whole, "receipt": str(receipt.paper or file), "left": left})
        return 0
    counts = ", ".join(f"{n} {kind}" for kind, n in receipt.counts.items())
    click.echo(f"Erased {file}: {counts}; receipt in {receipt.paper or file}")
    for path in left:
        click.echo(f"left, may hold answers: {path}")
    return 0
