"""The ways out of the program besides print: each form with its name, its ending and the worker that writes it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workshop_app import actions, invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.paper.made import Made, Order, printed_summary
from workshop_app.i18n import N_, language
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

NO_ADDRESS = N_("The poster needs the address. It comes when the page has started.")
SAME_FILE = N_("{name} is the workshop itself. Choose another name.")


@dataclass(frozen=True)
class Form:
    """One form to save in. `name` is shown in the menu, `tail` follows the file's own name, "" for nothing."""

    key: str
    name: str
    kind: str
    ending: str
    tail: str = ""


PDF = Form("pdf", N_("Save as PDF"), "PDF", "pdf", N_("summary"))
POSTER = Form("poster", N_("The poster with the codes, PDF"), "PDF", "pdf", N_("poster"))
BLANK = Form("blank", N_("Numbered paper cards to write on, PDF"), "PDF", "pdf", N_("paper-cards"))
FOLLOW_UP = Form(
    "follow_up", N_("Those who want to be part of what follows, PDF"), "PDF", "pdf", N_("follow-up-list")
)
FORMS = (
    Form("docx", N_("Word, to go on writing in"), "Word", "docx", N_("summary")),
    Form("md", N_("Markdown, plain text"), "Markdown", "md", N_("summary")),
    Form("xlsx", N_("Excel: cards, needs, ratings and answers"), "Excel", "xlsx", N_("tables")),
    Form("csv", N_("CSV: all cards, or what the steps came to"), "CSV", "csv", N_("cards")),
    Form("json", N_("JSON: the whole workshop, to keep or move"), "JSON", "json"),
    Form("open", N_("JSON: open version, without names"), "JSON", "json", N_("open-version")),
    Form("short", N_("Short summary for anybody, PDF"), "PDF", "pdf", N_("short-summary")),
    POSTER,
    BLANK,
    Form("cards", N_("The cards to cut out, PDF"), "PDF", "pdf", N_("cards")),
    FOLLOW_UP,
)
PAPER = ("poster", "blank", "cards", "follow_up")  # not the summary but things for the room
SHEETS = 5  # of paper cards at a time: forty cards
PRINTED = "paper_cards"  # the session's setting: the highest number that has been printed on a paper card


def proposed(bridge: Bridge, form: Form) -> Path:
    """The name and folder to propose: beside the session file, named after it."""
    path = bridge.file.path
    tail = f"-{bridge.lang(form.tail)}" if form.tail else ""
    return path.with_name(f"{path.stem}{tail}.{form.ending}")


def with_ending(name: str, form: Form) -> Path:
    """What was typed in the dialog, with the ending of the form when it has none of its own."""
    path = Path(name)
    return path if path.suffix.lower() == f".{form.ending}" else path.with_name(f"{path.name}.{form.ending}")


def writer(bridge: Bridge, form: Form, order: Order, made: Made | None, target: Path) -> Callable[[], Path]:
    """The work that writes one form; runs on a worker's thread and raises Trouble with what to do."""
    file = bridge.file
    if target.exists() and target.samefile(file.path):
        raise Refused(SAME_FILE, name=target.name)
    if form.key == "pdf":
        if made is None:
            raise ValueError("nothing has been printed")
        data = made.data
        return lambda: _pdf(data, target)
    if form in (POSTER, BLANK):
        return for_room(bridge, form, target)
    return lambda: _written(file, form, order, target)


def for_room(bridge: Bridge, form: Form, target: Path) -> Callable[[], Path]:
    """The work that writes the poster, or the next sheets of numbered paper cards, in the room's language."""
    return _poster(bridge, target) if form == POSTER else lambda: _blank(bridge.file, target)


def _blank(file: SessionFile, target: Path) -> Path:
    from workshop_app.report import cards

    told = queries.summary(file)
    printed = told.session.settings.get(PRINTED, "")
    highest = max((int(printed) if printed.isdecimal() else 0, *queries.paper_numbers(file)))
    cards.blank(told, language(told.session.language), target, highest + 1, SHEETS)
    last = highest + SHEETS * cards.PER_SHEET
    actions.do(file, actions.session.set_setting, by="program", key=PRINTED, value=str(last))
    return target


def _pdf(data: bytes, target: Path) -> Path:
    from workshop_app.report import write

    return write.atomically(target, data)


def _written(file: SessionFile, form: Form, order: Order, target: Path) -> Path:
    if form.key in ("json", "open"):
        taken = actions.transfer.whole if form.key == "json" else actions.transfer.open_edition
        actions.transfer.write_json(taken(file), target)
        return target
    from workshop_app.report import cards, docx_out, markdown, out, sheets, short, write

    lang = language(order.code)
    if form.key == "short":
        told = printed_summary(file, replace(order, edition="open"), lang)
        return out.build(short.short(told, lang), target)
    if form == FOLLOW_UP:
        told = printed_summary(file, replace(order, edition="internal"), lang)
        return out.build(short.follow_up(queries.follow_up(file), told, lang), target)
    told = printed_summary(file, order, lang)
    if form.key == "docx":
        return docx_out.build(told, lang, target)
    if form.key == "md":
        return write.atomically(target, markdown.text(told, lang).encode("utf-8", "replace"))
    if form.key == "xlsx":
        return sheets.xlsx(told, lang, target)
    if form.key == "csv":
        # the mark tells spreadsheet programs that this is UTF-8
        return write.atomically(target, sheets.csv_text(told, lang).encode("utf-8-sig", "replace"))
    return cards.build(told, lang, target)


def _poster(bridge: Bridge, target: Path) -> Callable[[], Path]:
    server: Any = bridge.server
    if server is None:
        raise Refused(NO_ADDRESS)
    session = bridge.get(queries.session)
    url = invite.join_address(server.host, server.port, server.token)
    short = f"{invite.short_address(server.host, server.port)}, {session.short_code}"
    ssid, password = session.settings.get("wifi_name", ""), session.settings.get("wifi_password", "")

    def work() -> Path:
        from workshop_app.report import poster

        code = invite.qr_matrix(invite.wifi_payload(ssid, password)) if ssid else ()
        wifi = poster.Wifi(ssid, password, code) if ssid else None
        lang = language(session.language)
        return poster.build(session, url, short, invite.qr_matrix(url), lang, target, wifi)

    return work
