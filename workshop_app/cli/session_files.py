"""`workshop formats`, `new` and `check`: what can be held, a new session file, and whether a file is whole."""

import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from workshop_app import actions, formats, i18n
from workshop_app.cli.printed import count_printed
from workshop_app.cli.program import DAMAGED, REFUSED, cli, print_json
from workshop_app.i18n import N_
from workshop_app.model.summary import Balance
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries, schema
from workshop_app.store.session_file import SessionFile

NO_DATE = N_("“{date}” is not a date. Write it as 2026-03-14.")
UNBALANCED = N_("{received} cards were received and {accounted} are accounted for.")
UNPRINTED = N_("Card {number} is not found in the printed list of all cards, or stands there twice.")

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
session_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@cli.command("formats")
@click.option(
    "--add",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Take in a format file that somebody has made; it is checked first.",
)
@json_option
def formats_command(add: Path | None, as_json: bool) -> None:
    """Lists the workshop formats with their steps, one's own last."""
    if add is not None:
        actions.format_file.add(add)
    mine = formats.own()
    known = [one for one in formats.known().values() if not one.beside]
    if as_json:
        print_json({"formats": [f.as_json() | {"own": f.id in mine.formats} for f in known]})
    else:
        _list_formats(known, set(mine.formats))
    for trouble in mine.troubles:
        click.echo(trouble.words(i18n.system_language()), err=True)


def _list_formats(known: Iterable[formats.Format], mine: Collection[str]) -> None:
    for one in known:
        mark = "  (own)" if one.id in mine else ""
        click.echo(f"{one.id}  {one.minutes} min  {one.name.sv} / {one.name.en}{mark}")
        for step in one.steps:
            fields = " ".join(f"{f.name}:{f.type}{'*' if f.required else ''}" for f in step.fields)
            click.echo(f"  {step.id:<12} {step.kind:<10} {step.minutes:>3} min  {fields}".rstrip())


@cli.command("new")
@session_file
@click.option(
    "--format", "format_id", required=True, metavar="ID", help="One of `workshop formats`, or comment_round."
)
@click.option("--title", required=True, metavar="TEXT")
@click.option("--language", default="sv", type=click.Choice(["sv", "en"]), help="Language of the content.")
@click.option("--question", default="", metavar="TEXT")
@click.option("--date", default="", metavar="YYYY-MM-DD")
@click.option("--place", default="", metavar="TEXT")
@click.option(
    "--organisation",
    "organisations",
    multiple=True,
    metavar="NAME",
    help="Repeatable; the first one is the host.",
)
@click.option("--commissioner", default="", metavar="ROLE")
@click.option("--decision-maker", default="", metavar="ROLE", help="Who decides on the result.")
@click.option("--contact-point", default="", metavar="ROLE", help="Where one asks about the workshop.")
@click.option("--mandate", default="", metavar="TEXT")
@click.option("--leader-role", default="", metavar="ROLE")
@click.option("--recipient", default="", metavar="ROLE", help="Who receives the result.")
@click.option("--keep-until", default="", metavar="YYYY-MM-DD")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="Repeatable: what the join form offers.")
@click.option(
    "--missing", multiple=True, metavar="VOICE", help="Repeatable: who ought to be here and is not."
)
@click.option("--fictional", is_flag=True, help="Mark it as practice material.")
@click.option(
    "--from",
    "earlier",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Build on an earlier workshop: its open needs, parked cards, goals and missing voices.",
)
@click.option(
    "--leave",
    multiple=True,
    type=click.IntRange(1),
    metavar="N",
    help="With --from, repeatable: a need that is not brought.",
)
@json_option
def new_command(
    file: Path,
    organisations: tuple[str, ...],
    earlier: Path | None,
    leave: tuple[int, ...],
    as_json: bool,
    **cover: Any,
) -> None:
    """Makes a session file."""
    for name in ("date", "keep_until"):
        _known_date(str(cover[name]))
    cover |= {"program": "workshop new", "organisations": organisations}
    if earlier is None:
        made = actions.session.create(file, organisation="".join(organisations[:1]), **cover)
    else:
        made = _built_on(actions.carry.look(earlier), file, leave, cover)
    with made:
        session, needs = queries.session(made), len(queries.needs(made))
    if as_json:
        steps = [s.id for s in session.steps]
        told = {"file": str(file), "id": session.file_id, "format": session.format_id, "steps": steps}
        print_json(told | ({"carried": needs} if earlier else {}))
    else:
        brought = f", {needs} needs brought" if earlier else ""
        click.echo(f"Made {file}: {session.title} ({session.format_id}, {len(session.steps)} steps{brought})")


def _built_on(
    luggage: actions.carry.Luggage, file: Path, leave: tuple[int, ...], cover: dict[str, Any]
) -> SessionFile:
    """A session with what an earlier one left open; what the command says goes before what stood there."""
    cover["roles"] = cover["roles"] or luggage.roles
    cover["organisations"] = cover["organisations"] or luggage.organisations
    cover["missing"] = (*cover["missing"], *luggage.missing)
    host = "".join(cover["organisations"][:1])
    wanted = luggage.proposed() - set(leave)
    return actions.carry.create(
        file, luggage, needs=wanted, parked=luggage.parked, organisation=host, **cover
    )


def _known_date(text: str) -> None:
    parts = text.split("-")
    fits = len(parts) == 3 and all(p.isdecimal() for p in parts) and [len(p) for p in parts] == [4, 2, 2]
    if text and not (fits and 1 <= int(parts[1]) <= 12 and 1 <= int(parts[2]) <= 31):
        raise Refused(NO_DATE, date=text)


@dataclass(frozen=True)
class Checked:
    """What a check found: sentences, whether the file is damaged, and the books."""

    findings: tuple[check.Finding, ...]
    balance: Balance | None
    printed: int | None

    @property
    def damaged(self) -> bool:
        """Whether the file is not whole."""
        return any(f.fatal for f in self.findings)


def look_through(path: Path) -> Checked:
    """Damage first, then the books, then whether the printed list holds every received card once."""
    found = list(check.findings(path))
    if any(f.fatal for f in found):
        return Checked(tuple(found), None, None)
    with SessionFile.read(path) as file:
        balance, summary = queries.balance(file), queries.summary(file)
    if not balance.balanced:
        values = {"received": balance.received, "accounted": balance.accounted}
        found.append(check.Finding(UNBALANCED, dict(values)))
    with tempfile.TemporaryDirectory(prefix="workshop-check-") as folder:
        printed = count_printed(summary, Path(folder) / "cards.pdf")
    found += [check.Finding(UNPRINTED, {"number": number}) for number in printed.missing]
    return Checked(tuple(found), balance, printed.found)


@cli.command("check")
@session_file
@json_option
def check_command(file: Path, as_json: bool) -> int:
    """Is the file whole, ours, of a known version; do the books balance. Changes nothing."""
    if file.is_dir() or not file.exists():
        raise Refused(N_("There is no file at {name}."), name=str(file))
    checked, lang = look_through(file), i18n.system_language()
    told = [(f.say(lang), f.fatal) for f in checked.findings]
    books = checked.balance
    balanced = not told
    if as_json:
        print_json(
            {
                "file": str(file),
                "schema": schema.SCHEMA_VERSION,
                "whole": not checked.damaged,
                "balanced": balanced,
                "received": books.received if books else None,
                "accounted": books.accounted if books else None,
                "places": dict(books.places) if books else {},
                "by_source": dict(books.by_source) if books else {},
                "printed": checked.printed,
                "findings": [{"what": what, "damaged": fatal} for what, fatal in told],
            }
        )
    elif books:
        places = ", ".join(f"{place} {n}" for place, n in books.places.items() if n)
        click.echo(f"{file}: whole, schema {schema.SCHEMA_VERSION}")
        click.echo(f"received {books.received}, accounted for {books.accounted} ({places or 'no cards'})")
        click.echo(f"printed {checked.printed}")
        click.echo("balanced" if balanced else "not balanced")
    for what, _fatal in told:
        click.echo(what, err=True)
    return DAMAGED if checked.damaged else 0 if balanced else REFUSED
