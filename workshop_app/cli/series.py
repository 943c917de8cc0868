"""What outlives one session, from a terminal: the register of needs, sessions joined into one, and erasing."""

from datetime import date
from pathlib import Path

import click

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
