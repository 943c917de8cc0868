"""Tables for a spreadsheet: every card once, needs, ratings and answers; nothing in a cell can come alive."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font

from workshop_app.i18n import Language, language
from workshop_app.model import rating, statement
from workshop_app.model.board import Card
from workshop_app.model.need import OWN_FIELDS
from workshop_app.model.route_rules import CAN_SPLIT
from workshop_app.model.summary import Summary
from workshop_app.report import fonts, result_rows, write
from workshop_app.report.edition import View
from workshop_app.report.parts.formats import has
from workshop_app.report.parts.sources import blacked_out

Rows = list[list[str]]
CARD_KEYS = (
    "number",
    "receipt",
    "text",
    "place",
    "theme",
    "heap",
    "needs",
    "me_too",
    "role",
    "source",
    "paper",
    "blacked_out",
    "underlying",
    "beneficiary",
    "when",
    "how_often",
    "reason",
    "received_at",
)
_LIVE = re.compile(r"^[\s\u00a0]*[=+\-@\t\r]")
_NOT_XML = re.compile("[\ufffe\uffff]")
_MOST = 32_000  # signs; a spreadsheet cell holds 32,767 and the library cuts the rest without a word


def csv_text(summary: Summary, lang: Language) -> str:
    """Every received card as CSV with commas under the English names of `CARD_KEYS`, ready for `workshop cluster`.

    A workshop that is not about cards gives what its steps came to, as the sheet of results in a spreadsheet.
    """
    view = _view(summary, lang)
    return _csv(cards(summary, lang) if view.collects else result_rows.rows(view))


def xlsx(summary: Summary, lang: Language, target: Path) -> Path:
    """Writes an Excel file with a sheet each for cards, needs, ratings and answers; every cell is text."""
    return write_xlsx(sheets(summary, lang), target)


def write_xlsx(named: Mapping[str, Rows], target: Path) -> Path:
    """Writes rows under the names of their sheets whole or not at all."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in named.items():
        _sheet(book, title, rows)
    out = io.BytesIO()
    book.save(out)
    return write.atomically(target, out.getvalue())


def cards(summary: Summary, lang: Language | None = None) -> Rows:
    """CARD_KEYS and then a row for every received card, in number order; words in the session's language or `lang`."""
    view = _view(summary, lang)
    return [list(CARD_KEYS), *(_card(view, card) for card in summary.cards)]


def sheets(summary: Summary, lang: Language | None = None) -> dict[str, Rows]:
    """The sheets of a spreadsheet by their names, each with its head first; ratings and answers not in the open
    one, results there as `open_results` lets them be read."""
    view = _view(summary, lang)
    words = view.lang
    out = {words("Cards"): [_card_head(words), *cards(summary, words)[1:]], words("Needs"): _needs(view)}
    if summary.dialogue.questions:
        out[words("Question list")] = _questions(view)
    if not view.open:
        out |= {words("Ratings"): _ratings(view), words("Answers"): _answers(view)}
    results = result_rows.rows(view)
    if has(view) or len(results) > 1:
        out[words("Results")] = results
    return out


def _questions(view: View) -> Rows:
    lang = view.lang
    head = [lang("Number"), lang("Question"), lang("Answer"), lang("Answered by"), lang("Published")]
    told = enumerate(view.summary.dialogue.questions, 1)
    rows = (
        [str(n), q.question, q.answer, q.answered_by, f"{q.published_at.astimezone():%Y-%m-%d}"]
        for n, q in told
    )
    return [head, *rows]


def _view(summary: Summary, lang: Language | None) -> View:
    return View(summary, lang or language(summary.session.language), datetime.now().astimezone())


def _csv(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _inert(text: str) -> str:
    words = fonts.clean(text)
    return f"'{words}" if _LIVE.match(words) else words


def _sheet(book: Workbook, title: str, rows: Rows) -> None:
    sheet = book.create_sheet(title[:31])
    for n, row in enumerate(rows, 1):
        for place, text in enumerate(_short(row), 1):
            _text(sheet.cell(n, place), text, head=n == 1)
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        longest = max((len(str(c.value or "")) for c in column), default=8)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest, 8), 60) + 2


def _short(row: Sequence[str]) -> Iterable[str]:
    """The row; what is too long for one cell goes on in cells after the last."""
    yield from (text[:_MOST] for text in row)
    for text in row:
        for start in range(_MOST, len(text), _MOST):
            yield text[start : start + _MOST]


def _text(cell: Cell, text: str, head: bool) -> None:
    """The text as text, also where it looks like a formula."""
    cell.value = _NOT_XML.sub("\ufffd", fonts.clean(text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = bool(_LIVE.match(text))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if head:
        cell.font = Font(bold=True)


def _card_head(lang: Language) -> list[str]:
    return [
        lang("Number"),
        lang("Receipt"),
        lang("Text"),
        lang("Place"),
        lang("Theme of the card"),
        lang("Heap"),
        lang("Needs"),
        lang("True here too"),
        lang("Role"),
        lang("Source"),
        lang("Number on paper"),
        lang("Blacked out"),
        lang("What it would make possible"),
        lang("For whom"),
        lang("When"),
        lang("How often"),
        lang("Reason"),
        lang("Received at"),
    ]


def _card(view: View, card: Card) -> list[str]:
    board, hidden = view.summary.board, view.withheld(card)
    theme = board.theme(card.theme) if card.theme is not None else None
    heap = board.heap(card.heap) if card.heap is not None else None
    own = ("", "", "", "") if hidden else (card.underlying, card.beneficiary, card.when, card.how_often)
    return [
        str(card.number),
        card.receipt,
        view.lang("The text is left out of this edition.") if hidden else card.text,
        view.place(card),
        f"{theme.number}. {theme.title}" if theme else "",
        view.heap_words(heap) if heap else "",
        ", ".join(str(view.numbers[n]) for n in card.needs if n in view.numbers),
        str(card.me_too),
        view.summary.room.role_shown(card.role),
        card.source,
        str(card.paper or ""),
        blacked_out(view, card),
        *own,
        view.reason(card.reason),
        card.received_at,
    ]


def _needs(view: View) -> Rows:
    lang = view.lang
    keys = [
        ("who", lang("Who")),
        ("function", lang("needs to be able to")),
        ("situation", lang("In which situation")),
        ("effect", lang("so that")),
        ("requirement", lang("Function requirement")),
        ("requirement_check", lang("How it is checked")),
        ("route_reason", lang("Reason")),
        ("owner", lang("Owner")),
        ("next_step", lang("Next step")),
        ("needed_by", lang("No later than")),
        ("other_process", lang("Moved to")),
        ("review_date", lang("Taken up again")),
        ("wish", lang("The wish it came from")),
        ("measure", lang("Measure")),
        ("today", lang("Today")),
        ("target", lang("Target")),
        ("unit", lang("Unit")),
        ("measured_when", lang("When it is measured")),
    ]
    keys += [("hours", lang("Time set aside")), ("can_split", lang(CAN_SPLIT))]
    keys = [(key, label) for key, label in keys if not view.open or key not in OWN_FIELDS]
    first = [lang("Number"), lang("Short name"), lang("Sentence"), lang("Where it stands"), lang("Route")]
    head = [*first, lang("Cards"), *(label for _, label in keys)]
    rows = []
    for need in view.needs:
        f = need.fields
        rows.append(
            [
                str(need.number),
                need.title,
                statement.statement(f, view.summary.session.language),
                lang(rating.STATUS_LABELS.get(need.status, need.status)),
                rating.route_label(f["route"], f["route_kind"], lang.code),
                ", ".join(str(e.card) for e in need.evidence),
                *(f[key] for key, _ in keys),
            ]
        )
    return [head, *rows]


def _ratings(view: View) -> Rows:
    lang = view.lang
    head = [
        lang("Need"),
        lang("Criterion"),
        lang("Median"),
        lang("Lower quartile"),
        lang("Upper quartile"),
        lang("Answers"),
        lang("Don't know"),
        lang("Far apart"),
    ]
    names = {c.key: c.name for c in rating.criteria(lang.code)}
    rows = []
    for need in view.needs:
        found = view.summary.ratings.get(need.id)
        for key, spread in (found.spreads if found else {}).items():
            figures = [view.figure(v) for v in (spread.median, spread.lower, spread.upper)]
            counts = [str(len(spread.votes)), str(spread.dont_know)]
            apart = lang("yes") if spread.flagged else lang("no")
            rows.append([str(need.number), names.get(key, key), *figures, *counts, apart])
    return [head, *rows]


def _answers(view: View) -> Rows:
    lang, form = view.lang, view.format
    head = [lang("Step"), lang("Receipt"), lang("Role"), lang("Question"), lang("Answer")]
    titles = {s.id: s.title.get(lang.code) for s in form.steps} if form else {}
    rows = []
    for answer in view.summary.answers:
        role = view.summary.room.role_shown(answer.role)
        counted = {name: ", ".join(f"{k} {n}" for k, n in by.items()) for name, by in answer.counts.items()}
        for name, value in ({**answer.fields, **counted} or {"text": answer.text}).items():
            if value:
                words = value if isinstance(value, str) else ", ".join(value)
                rows.append([titles.get(answer.step, answer.step), answer.receipt, role, name, words])
    return [head, *rows]
