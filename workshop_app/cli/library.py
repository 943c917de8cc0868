"""`workshop library`: needs from many sessions, to find, mail and build on."""

from pathlib import Path

import click

from workshop_app import actions
from workshop_app.cli.in_and_out import out_option
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.store.session_file import SessionFile


@cli.group("library")
def library_command() -> None:
    """The needs library: needs of many sessions without names, in one file of your own."""


@library_command.command("add")
@session_file
@click.option("--need", "needs", multiple=True, type=click.IntRange(1), metavar="N", help="Repeatable.")
@click.option("--cards", is_flag=True, help="Also the cards behind them, word for word.")
def add_command(file: Path, needs: tuple[int, ...], cards: bool) -> None:
    """Adds needs of a session, without owner, organisation and cards."""
    made = actions.library.add(file, needs, with_cards=cards)
    for one in made:
        click.echo(f"{one.id}  {one.fields['title']}")


@library_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """Lists all needs of the library."""
    _show("", as_json)


@library_command.command("find")
@click.argument("words", nargs=-1, required=True)
@json_option
def find_command(words: tuple[str, ...], as_json: bool) -> None:
    """Finds needs by words in any form, Swedish or English."""
    _show(" ".join(words), as_json)


def _show(words: str, as_json: bool) -> None:
    found = actions.library.told(actions.library.find(words))
    if as_json:
        print_json({"needs": found})
        return
    for one in found:
        click.echo(f"{one['id']}  {one['fields']['title']}: {one['sentence']}")


@library_command.command("export")
@out_option
@click.option("--id", "ids", multiple=True, metavar="ID", help="Repeatable; otherwise all.")
def export_library_command(target: Path, ids: tuple[str, ...]) -> None:
    """Writes the library as one JSON file to mail."""
    click.echo(f"Wrote {target}: {actions.library.export(target, ids)} needs")


@library_command.command("import")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def import_library_command(source: Path) -> None:
    """Adds the needs of a library that somebody sent."""
    click.echo(f"{actions.library.take_in(source)} new needs")


@library_command.command("take")
@click.argument("wanted", metavar="ID")
@session_file
def take_command(wanted: str, file: Path) -> None:
    """Puts a need of the library in a session as a new need with its source written."""
    entry = actions.library.entry(wanted)
    with SessionFile.open(file, "workshop library") as opened:
        actions.do(opened, actions.library.take, entry=entry)
    click.echo(f"Taken: {entry.fields['title']}")
