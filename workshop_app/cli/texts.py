"""`workshop cluster` and `workshop lint`: groups and questions for texts, from a session or from elsewhere."""

import csv
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from workshop_app import actions, clustering
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option
from workshop_app.i18n import N_, system_language
from workshop_app.model import lint, lint_words
from workshop_app.model.lint import Finding
from workshop_app.model.trouble import Refused, Word
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

ABSENT = N_("There is no file at {name}.")
NO_COLUMN = N_("{name} has no column called “text”. Its columns are: {known}.")
NOT_CSV = N_("{name} cannot be read as CSV: {why}.")
NOT_TEXT = N_("{name} is not text in UTF-8.")
BAD_PINS = N_("{name} must hold pairs of a row and a group, as in [[0, 1], [4, 2]].")
NO_ROW = N_("There is no row {row}: the rows go from 0 to {last}.")
BAD_LINE = N_("Line {number} cannot be read: {why}.")
NEED_OR_CHALLENGE = N_("“kind” must be “need” with “fields”, or “challenge” with “text”")
NOT_JSON = N_("it is not a JSON object")
SESSION_OR_LINES = (".jsonl", ".ndjson")


@cli.command("cluster")
@click.argument("file", metavar="FILE|TEXTS.csv", type=click.Path(path_type=Path))
@click.option("--groups", type=click.IntRange(1), metavar="K", help="Exactly this many groups.")
@click.option(
    "--fineness", type=click.FloatRange(0, 1), metavar="X", help="0 few groups, 1 many; 0.5 by default."
)
@click.option(
    "--pins", type=click.Path(path_type=Path), metavar="PINS.json", help="[[row, group], ...] that hold."
)
@json_option
def cluster_command(
    file: Path, groups: int | None, fineness: float | None, pins: Path | None, as_json: bool
) -> None:
    """Groups the cards of a session, or the column `text` of a CSV file."""
    began = time.perf_counter()
    texts, vectors = _texts_of(file)
    found = clustering.group(
        texts,
        vectors,
        ids=[f"{row:09d}" for row in range(len(texts))],
        groups=groups,
        fineness=fineness,
        pins=_pins(pins, len(texts)) if pins else (),
    )
    if as_json:
        print_json(
            {
                "labels": [int(label) for label in found.labels],
                "groups": [
                    {
                        "id": int(g.id),
                        "title": g.title,
                        "keywords": list(g.keywords),
                        "medoid": int(g.medoid),
                        "size": len(g.rows),
                    }
                    for g in found.groups
                ],
                "engine": found.engine,
                "seconds": round(time.perf_counter() - began, 3),
            }
        )
        return
    for one in found.groups:
        click.echo(f"{one.id}  {one.title}  ({len(one.rows)})")
        for row in one.rows:
            click.echo(f"    {row}  {' '.join(texts[row].split())}")
    left = [row for row, label in enumerate(found.labels) if label == clustering.LEFT]
    if left:
        click.echo(f"left to sort  ({len(left)})")
        for row in left:
            click.echo(f"    {row}  {' '.join(texts[row].split())}")


def _texts_of(file: Path) -> tuple[list[str], Any]:
    """The texts and their vectors (None without a model): kept ones for a session, made now for the rest."""
    if not file.is_file():
        raise Refused(ABSENT, name=str(file))
    if file.suffix.lower() in (".csv", ".tsv", ".txt"):
        texts = _column(file)
        return texts, clustering.embed(texts) if clustering.engine_name() == "semantic" else None
    with SessionFile.read(file) as opened:
        cards = queries.card_texts(opened)
        return list(cards.values()), actions.suggest.all_vectors(opened, cards)


def _column(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Refused(NOT_TEXT, name=file.name) from trouble
    head = lines.partition("\n")[0]
    sign = max(",;\t", key=head.count)
    csv.field_size_limit(2**24)
    try:
        rows = csv.DictReader(lines.splitlines(keepends=True), delimiter=sign)
        names = {(n or "").strip().casefold(): n for n in rows.fieldnames or []}
        if "text" not in names:
            raise Refused(NO_COLUMN, name=file.name, known=", ".join(n for n in names if n) or "–")
        return [(row[names["text"]] or "").strip() for row in rows]
    except csv.Error as trouble:
        raise Refused(NOT_CSV, name=file.name, why=str(trouble)) from trouble


def _pins(file: Path, rows: int) -> list[tuple[int, int]]:
    data = actions.transfer.read_any_json(file)
    if not isinstance(data, list):
        raise Refused(BAD_PINS, name=file.name)
    out = []
    for pair in data:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)):
            raise Refused(BAD_PINS, name=file.name)
        if not 0 <= pair[0] < rows:
            raise Refused(NO_ROW, row=pair[0], last=rows - 1)
        out.append((pair[0], pair[1]))
    return out


# Needs, not solutions ------------------------------------------------------------------


@cli.command("lint")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--language", type=click.Choice(["sv", "en"]), help="Of the texts; a session knows its own.")
@json_option
def lint_command(file: Path, language: str | None, as_json: bool) -> int:
    """Asks about needs that sound like solutions: those of a session, or JSON lines from standard input (-)."""
    for trouble in lint_words.troubles():
        _complain(trouble)
    if str(file) == "-":
        return _lint_lines(sys.stdin, language or "sv")
    if not file.is_file():
        raise Refused(ABSENT, name=str(file))
    if file.suffix.lower() in SESSION_OR_LINES:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return _lint_lines(lines, language or "sv")
    with SessionFile.read(file) as opened:
        code = language or queries.session(opened).language
        needs = [(n.number, n.title, lint.lint_need(n.lint_fields(), code)) for n in queries.needs(opened)]
        cards = [(n, text, lint.lint_challenge(text, code)) for n, text in queries.card_texts(opened).items()]
    if as_json:
        print_json(
            {
                "needs": [{"id": n, "title": t, "findings": _shown(f)} for n, t, f in needs],
                "challenges": [{"id": n, "findings": _shown(f)} for n, _t, f in cards if f],
            }
        )
        return 0
    for kind, items in (("need", needs), ("card", cards)):
        for number, title, found in items:
            for one in found:
                short = " ".join(title.split())[:60]
                click.echo(
                    f"{kind} {number}  {one.rule} {one.severity} {one.field}  {one.question}  [{short}]"
                )
    total = sum(len(f) for _n, _t, f in (*needs, *cards))
    click.echo(f"{total} questions about {len(needs)} needs and {len(cards)} cards")
    return 0


def _lint_lines(lines: Iterable[str], language: str) -> int:
    """One answer a line, at once, so that another program can ask and wait; what cannot be read is said, the rest answered."""
    code = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            print_json(_answer(number, line, language))
        except Refused as trouble:
            sys.stdout.flush()
            _complain(trouble)
            code = trouble.exit_code
    return code


def _complain(trouble: Refused) -> None:
    click.echo(trouble.say(system_language()), err=True)


def _answer(number: int, line: str, language: str) -> dict[str, object]:
    try:
        data = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as trouble:
        raise Refused(BAD_LINE, number=number, why=Word(NOT_JSON)) from trouble
    if not isinstance(data, dict):
        raise Refused(BAD_LINE, number=number, why=Word(NOT_JSON))
    code = data["language"] if data.get("language") in ("sv", "en") else language
    kind, fields, text = data.get("kind", "need"), data.get("fields"), data.get("text")
    if kind == "need" and isinstance(fields, dict):
        found = lint.lint_need(fields, code)
    elif kind == "challenge" and isinstance(text, str):
        found = lint.lint_challenge(text, code)
    else:
        raise Refused(BAD_LINE, number=number, why=Word(NEED_OR_CHALLENGE))
    return {"id": data.get("id"), "findings": _shown(found)}


def _shown(found: Sequence[Finding]) -> list[dict[str, str]]:
    names = ("rule", "severity", "field", "match", "question")
    return [{name: getattr(one, name) for name in names} for one in found]
