"""`workshop print`: the session on paper."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from workshop_app import formats, i18n, invite
from workshop_app.cli.in_and_out import out_option
from workshop_app.cli.program import cli
from workshop_app.cli.session_files import session_file
from workshop_app.i18n import N_
from workshop_app.model.session import Session
from workshop_app.model.summary import Earlier, Summary
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

NOT_PDF = N_("{name} must end in .pdf.")
NOT_PAPER = N_("{name} must end in .pdf or .docx.")
NO_ADDRESS = N_(
    "The phones' page has no address yet. Start it once with `workshop serve`, or give the address with --url."
)
NOT_ADDRESS = N_("“{url}” is not an address. Write it as http://192.168.1.20:8080/…")
NO_RECORD = N_("Say whose record with --supplier. `workshop dialogue FILE show` lists them.")
WHICH_SHEET = N_("Say which sheet with --sheet. Known: {known}.")
NO_SUCH_NEED = N_("There is no need with the number {number}.")
NOT_OPEN = N_("Sheets are for yourselves. Print them without --edition open.")
SECTIONS = {"summary": None, "need": ("needs",), "register": ("routes",)}
DIALOGUE = ("qa", "supplement", "notes", "record", "annex", "grid")
SHEETS = ("rfi", "comments", "short")  # open papers that are made for themselves


@cli.command("print")
@session_file
@out_option
@click.option(
    "--edition",
    default="internal",
    type=click.Choice(["internal", "participants", "open"]),
    help="Who may read it.",
)
@click.option(
    "--what",
    default="summary",
    type=click.Choice([*SECTIONS, "sheet", "cards", "blank", "poster", "follow-up", *DIALOGUE, *SHEETS]),
    help="All of it, a page per need, the register, a small sheet, cards to cut out, numbered cards to write on, "
    "the poster with the code; of a dialogue the question list (qa), open supplement or notes, one supplier's record, "
    "internal annex or grid; the request for information (rfi), the comment round (comments), a short "
    "summary for anybody (short), those who want to go on (follow-up). All from follow-up on can end in .docx too.",
)
@click.option(
    "--sheet",
    default="",
    metavar="ID",
    help="With --what sheet: which one, such as stakeholders; an empty one is printed to write on.",
)
@click.option(
    "--need",
    default=0,
    type=int,
    metavar="N",
    help="With --what sheet: that of need N; otherwise all that are written.",
)
@click.option(
    "--first", default=1, type=click.IntRange(1, 99_000), help="With --what blank: the first number."
)
@click.option(
    "--sheets", default=5, type=click.IntRange(1, 100), help="With --what blank: sheets of eight cards."
)
@click.option(
    "--supplier", type=int, metavar="ID", help="Whose record, as `workshop dialogue FILE show` numbers them."
)
@click.option(
    "--url", default="", metavar="URL", help="The address on the poster; otherwise the last one served."
)
@click.option(
    "--language", "code", default=None, type=click.Choice(["sv", "en"]), help="Otherwise the session's own."
)
@click.option(
    "--compare",
    default=None,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="An earlier session to compare scales with, such as the last self-assessment.",
)
def print_command(
    file: Path,
    target: Path,
    edition: str,
    what: str,
    sheet: str,
    need: int,
    first: int,
    sheets: int,
    supplier: int | None,
    url: str,
    code: str | None,
    compare: Path | None,
) -> None:
    """Prints a session as PDF."""
    _ending(target, also_word=what in ("follow-up", *DIALOGUE, *SHEETS))
    earlier = _earlier(compare) if compare else None
    with SessionFile.read(file) as opened:
        session = queries.session(opened)
        lang = i18n.language(code or session.language)
        name = queries.format_of(opened).name.get(lang.code)
        printed = queries.summary(opened, "open" if what in (*DIALOGUE, *SHEETS) else edition, name, earlier)
        known, said = queries.dialogue(opened), queries.comment_round(opened)
        names, wishing = queries.supplier_names(opened), queries.follow_up(opened)
        judged, thought = queries.judgements(opened), queries.evaluation(opened)
    if what in DIALOGUE:
        from workshop_app.report import dialogue

        if what == "record" and known.supplier(supplier or 0) is None:
            raise Refused(NO_RECORD)
        told = dialogue.Told(printed, known, judged, thought, *_list_address(session, url))
        dialogue.build(what, told, lang, target, supplier or 0)
    elif what == "rfi":
        from workshop_app.report import out, request

        out.build(request.document(printed, lang), target)
    elif what == "short":
        from workshop_app.report import out
        from workshop_app.report import short as papers

        out.build(papers.short(printed, lang), target)
    elif what == "follow-up":
        from workshop_app.report import out
        from workshop_app.report import short as papers

        out.build(papers.follow_up(wishing, printed, lang), target)
    elif what == "comments":
        from workshop_app.report import comments, out

        out.build(comments.document(said, printed, names, lang), target)
    elif what == "poster":
        from workshop_app.report import poster

        whole, short = _addresses(session, url)
        poster.build(printed.session, whole, short, invite.qr_matrix(whole), lang, target)
    elif what == "sheet":
        _sheet(printed, lang, target, sheet, need)
    elif what == "cards":
        from workshop_app.report import cards

        cards.build(printed, lang, target)
    elif what == "blank":
        from workshop_app.report import cards

        cards.blank(printed, lang, target, first, sheets)
    else:
        from workshop_app.report import summary

        summary.build(printed, lang, target, sections=SECTIONS[what])
    click.echo(f"Wrote {target}")


def _sheet(printed: Summary, lang: i18n.Language, target: Path, sheet: str, number: int) -> None:
    from workshop_app.report import summary

    if sheet not in formats.sheets():
        raise Refused(WHICH_SHEET, known=", ".join(formats.sheets()))
    if printed.edition == "open":
        raise Refused(NOT_OPEN)
    found = next((n.id for n in printed.needs if n.number == number and n.merged_into is None), None)
    if number and found is None:
        raise Refused(NO_SUCH_NEED, number=number)
    summary.build_sheet(printed, lang, target, sheet, found, every=not number)


def _ending(target: Path, also_word: bool) -> None:
    if target.suffix.lower() not in (".pdf", *([".docx"] if also_word else [])):
        raise Refused(NOT_PAPER if also_word else NOT_PDF, name=target.name)


def _earlier(file: Path) -> Earlier:
    with SessionFile.read(file) as opened:
        return queries.earlier(opened)


def _list_address(session: Session, url: str) -> tuple[str, tuple[tuple[bool, ...], ...]]:
    """The address of the question list on phones and its code; nothing where the page has had no address yet."""
    if not url and not session.port:
        return "", ()
    whole = _addresses(session, url)[0].split("?")[0].rstrip("/") + "/?page=questions"
    return whole, invite.qr_matrix(whole)


def _addresses(session: Session, url: str) -> tuple[str, str]:
    """The join address in the code, and the short one to type."""
    if url:
        host = urlsplit(url).netloc
        if not host:
            raise Refused(NOT_ADDRESS, url=url)
        return url, host
    if not session.port:
        raise Refused(NO_ADDRESS)
    here = invite.local_addresses()[0]
    return invite.join_address(here, session.port, session.token), invite.short_address(here, session.port)
