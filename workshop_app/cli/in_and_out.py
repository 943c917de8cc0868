"""`workshop import` and `workshop export`: sessions in from JSON, and out in six forms."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from workshop_app import actions, i18n
from workshop_app.cli.program import cli, print_json, sample_path
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.i18n import N_, Language
from workshop_app.model.summary import Summary
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

UNKNOWN_KIND = N_("{name} ends in nothing that can be written. Let it end in one of: {known}.")
SAME_FILE = N_("{name} is the session itself. Write to another name.")

edition_option = click.option(
    "--edition", default="internal", type=click.Choice(["internal", "open"]), help="What it may show."
)
out_option = click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Where to write.",
)


@cli.command("import")
@click.argument("sample", metavar="SAMPLE.json", type=click.Path(path_type=Path))
@session_file
@json_option
def import_command(sample: Path, file: Path, as_json: bool) -> None:
    """Makes a session file from JSON: a sample (its file or its name), or what `export` wrote."""
    source = sample if sample.exists() or sample.suffix else sample_path(str(sample))
    with actions.transfer.import_json(source, file, program="workshop import") as made:
        session, balance, needs = queries.session(made), queries.balance(made), queries.needs(made)
    if as_json:
        told = {"file": str(file), "title": session.title, "cards": balance.received, "needs": len(needs)}
        print_json(told)
    else:
        click.echo(f"Made {file}: {session.title}, {balance.received} cards, {len(needs)} needs")


@cli.command("export")
@session_file
@out_option
@edition_option
def export_command(file: Path, target: Path, edition: str) -> None:
    """Writes a session as .json, .csv, .xlsx, .docx, .md or .zip (all of them)."""
    kind = target.suffix.lower().lstrip(".")
    if kind not in (*WRITERS, "zip"):
        known = ", ".join(f".{k}" for k in (*WRITERS, "zip"))
        raise Refused(UNKNOWN_KIND, name=target.name, known=known)
    if target.exists() and file.exists() and target.samefile(file):
        raise Refused(SAME_FILE, name=str(file))
    with SessionFile.read(file) as opened:
        if kind == "zip":
            _write_zip(opened, target, edition)
        else:
            WRITERS[kind](opened, target, edition)
    click.echo(f"Wrote {target}")


def _write_json(file: SessionFile, target: Path, edition: str) -> None:
    whole = actions.transfer.whole if edition == "internal" else actions.transfer.open_edition
    actions.transfer.write_json(whole(file), target)


def _write_csv(file: SessionFile, target: Path, edition: str) -> None:
    from workshop_app.report import sheets, write

    # the mark tells spreadsheet programs that this is UTF-8
    write.atomically(target, sheets.csv_text(*_printed(file, edition)).encode("utf-8-sig", "replace"))


def _write_xlsx(file: SessionFile, target: Path, edition: str) -> None:
    from workshop_app.report import sheets

    sheets.xlsx(*_printed(file, edition), target)


def _write_docx(file: SessionFile, target: Path, edition: str) -> None:
    from workshop_app.report import docx_out

    docx_out.build(*_printed(file, edition), target)


def _write_md(file: SessionFile, target: Path, edition: str) -> None:
    from workshop_app.report import markdown, write

    write.atomically(target, markdown.text(*_printed(file, edition)).encode("utf-8", "replace"))


def _printed(file: SessionFile, edition: str) -> tuple[Summary, Language]:
    lang = i18n.language(queries.session(file).language)
    name = queries.format_of(file).name.get(lang.code)
    return queries.summary(file, edition, name), lang


WRITERS: Mapping[str, Callable[[SessionFile, Path, str], None]] = {
    "json": _write_json,
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "docx": _write_docx,
    "md": _write_md,
}


def _write_zip(file: SessionFile, target: Path, edition: str) -> None:
    """All forms in one archive, made beside the target and put in its place whole."""
    part = target.with_name(target.name + ".part")
    with TemporaryDirectory(prefix="workshop-export-") as folder:
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                for kind, write in WRITERS.items():
                    made = Path(folder) / f"{file.path.stem}.{kind}"
                    write(file, made, edition)
                    archive.write(made, made.name)
            part.replace(target)
        except BaseException:
            if part.parent.is_dir():
                part.unlink(missing_ok=True)
            raise
