"""`workshop lint`: questions about needs that sound like solutions, from a session or from elsewhere."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option
from workshop_app.cli.text_files import ABSENT
from workshop_app.i18n import N_, system_language
from workshop_app.model import lint, lint_words
from workshop_app.model.lint import Finding
from workshop_app.model.trouble import Refused, Word
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

BAD_LINE = N_("Line {number} cannot be read: {why}.")
NEED_OR_CHALLENGE = N_("“kind” must be “need” with “fields”, or “challenge” with “text”")
NOT_JSON = N_("it is not a JSON object")
SESSION_OR_LINES = (".jsonl", ".ndjson")


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
