"""What outlives one session, from a terminal: the register of needs, sessions joined into one, and erasing."""

from datetime import date
from pathlib import Path

import click

from workshop_app import actions
from workshop_app.cli.in_and_out import out_option
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.model import register
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


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
