"""The small sheets on paper, one page each: boxes, a table of rows, or costs with their sums. An empty one is to write on."""

from collections.abc import Iterable

from workshop_app.formats import Field, sheets
from workshop_app.model import life_cycle, small_sheets
from workshop_app.model.life_cycle import UNKNOWN, Period
from workshop_app.model.small_sheets import DONT_KNOW, Filled
from workshop_app.report.document import (
    Block,
    Box,
    Cell,
    Fact,
    Facts,
    Heading,
    Para,
    Section,
    Sheet,
    Table,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import View

KEY = "sheets"
_EMPTY_ROWS = 9  # of a sheet to write on
_ROOM = "\u00a0\n\u00a0"
_MONEY = frozenset((1,))  # the column of amounts: in digits of one width
_MANY = 5  # columns that want a page that lies down


def has(view: View) -> bool:
    """Whether any sheet holds something."""
    return bool(small_sheets.written(view.summary.sheets, view.needs))


def sections(view: View) -> list[Section]:
    """Every sheet that holds something, a page each."""
    found = small_sheets.written(view.summary.sheets, view.needs)
    return [_section(view, one, first=n == 0) for n, one in enumerate(found)]


def alone(view: View, sheet: str, need: int | None, every: bool) -> list[Section]:
    """One sheet: of a need, of the whole workshop, or `every` one that is written; empty where nothing is."""
    found = [
        one
        for one in small_sheets.written(view.summary.sheets, view.needs)
        if one.form.id == sheet and (every or one.need == need)
    ]
    found = found or [small_sheets.filled(sheets()[sheet], need, ())]
    return [_section(view, one, first=n == 0) for n, one in enumerate(found)]


def _section(view: View, one: Filled, first: bool) -> Section:
    lang, form = view.lang, one.form
    need = next((n for n in view.needs if n.id == one.need), None)
    name = form.name.get(lang.code)
    about = lang("Need {n}, {title}").format(n=need.number, title=need.title) if need else ""
    blocks: list[Block] = [Heading(name, 1), Para(say(about or lang("The whole workshop")), "lead")]
    blocks.append(Para(say(form.purpose.get(lang.code)), "ask"))
    if not form.fields:
        blocks.append(_boxes(view, one))
    elif form.sums:
        blocks += _costs(view, one)
    else:
        blocks += [_table(view, one), *_ends(view, form.fields)]
    wide = not form.fields or len(form.fields) > _MANY
    return Section(
        KEY,
        f"{name}, {about}" if about else name,
        tuple(blocks),
        name,
        view.summary.format_name,
        listed=first,
        group=lang("Sheets") if first else "",
        grouped=True,
        wide=wide,
    )


def words(view: View, field: Field, value: str) -> str:
    """A stored value as it is read: the label of a choice, a sum with its thousands parted, the rest as it stands."""
    if field.type == "amount":
        return view.lang("unknown") if value == UNKNOWN else life_cycle.figure(value, view.lang.code)
    if field.type == "s5" and value == DONT_KNOW:
        return view.lang("don't know")
    known = {c.value: c.label.get(view.lang.code) for c in field.choices}
    return known.get(value, value)


def _boxes(view: View, one: Filled) -> Sheet:
    """The long fields as boxes, what is short in a row under them."""
    code = view.lang.code

    def box(field: Field) -> Box:
        text = one.once.get(field.name, "")
        return Box(field.label.get(code), (verbatim(text),) if text else (), share=1.0)

    large = [box(f) for f in one.form.once if f.type == "area"]
    small = tuple(box(f) for f in one.form.once if f.type != "area")
    across = one.form.across
    rows = [tuple(large[n : n + across]) for n in range(0, len(large), across)]
    return Sheet((*rows, *([small] if small else ())), lines=2)


def _table(view: View, one: Filled) -> Table:
    """A row for each item or free row, a column for each field."""
    code, fields, form = view.lang.code, one.form.fields, one.form
    if form.items:
        head = ["", *(f.label.get(code) for f in fields)]
        rows = [
            (Cell(say(i.label.get(code), bold=True)), *_cells(view, fields, one, i.value)) for i in form.items
        ]
        weights = [3.0, *map(_weight, fields)]
    else:
        head = [f.label.get(code) for f in fields]
        rows = [tuple(Cell(_said(view, f, r.fields.get(f.name, ""))) for f in fields) for r in one.rows]
        rows = rows or [tuple(Cell(say(_ROOM)) for _ in fields)] * _EMPTY_ROWS
        weights = [_weight(f) for f in fields]
    total = sum(weights)
    return Table(tuple(head), tuple(rows), tuple(w / total for w in weights))


def _cells(view: View, fields: Iterable[Field], one: Filled, item: str) -> list[Cell]:
    """What is written of an item; an empty sheet leaves room to write by hand."""
    values, asked = one.items.get(item, {}), one.form.asked(item)
    room = "" if one.count else _ROOM
    return [
        Cell((_said(view, f, values.get(f.name, "")) or say(room)) if f in asked else say("–"))
        for f in fields
    ]


def _said(view: View, field: Field, value: str) -> Text:
    typed = field.type in ("text", "area")
    return verbatim(value) if typed else say(words(view, field, value))


def _weight(field: Field) -> float:
    if field.source == "groups":
        return 2.0
    if field.type in ("text", "area"):
        return 1.5 if field.limit <= 80 else 2.2
    return 1.1


def _ends(view: View, fields: Iterable[Field]) -> list[Block]:
    """What the ends of the scales mean."""
    code = view.lang.code
    told = [
        f"{f.label.get(code)}: 1 {f.low.get(code)}, 5 {f.high.get(code)}" for f in fields if f.type == "s5"
    ]
    return [Para(say("; ".join(told) + "."), "note")] if told else []


# Costs ----------------------------------------------------------------------------


def _costs(view: View, one: Filled) -> list[Block]:
    """What is asked once, every item with its amount, and the sums; what is unknown is said as such."""
    lang, form = view.lang, one.form
    sums = form.sums
    assert sums is not None
    facts = tuple(
        Fact(
            f.label.get(lang.code),
            _said(view, f, one.once.get(f.name, "")) or say("–" if one.count else _ROOM),
        )
        for f in form.once
    )
    rows = []
    for item in form.items:
        hint = item.hint.get(lang.code)
        name = (*say(item.label.get(lang.code), bold=True), *say(f", {hint}" if hint else ""))
        rows.append((Cell(name), *_cells(view, form.fields, one, item.value)))
    head = (lang("Cost"), *(f.label.get(lang.code) for f in form.fields))
    return [Facts(facts, 3), Table(head, tuple(rows), (0.34, 0.18, 0.48), _MONEY), *_sums(view, one)]


def _sums(view: View, one: Filled) -> list[Block]:
    lang = view.lang
    whole = life_cycle.total(one)
    if whole is None and not one.count:
        return []
    if whole is None:
        return [Para(say(lang(life_cycle.NO_YEARS)), "note")]
    rows = [_period(view, one, p, life_cycle.years_words(p, lang)) for p in life_cycle.periods(one)]
    rows.append(_period(view, one, whole, lang("All years"), bold=True))
    head = (lang("Years"), lang("Known"), lang("Unknown"), lang("Not filled in"))
    table = Table(head, tuple(rows), (0.2, 0.22, 0.29, 0.29), _MONEY)
    return [Heading(lang("Sums")), Para(say(life_cycle.total_words(one, whole, lang)), "lead"), table]


def _period(view: View, one: Filled, period: Period, name: str, bold: bool = False) -> tuple[Cell, ...]:
    names = {i.value: i.label.get(view.lang.code) for i in one.form.items}

    def listed(items: Iterable[str]) -> Cell:
        return Cell(say(", ".join(names[i] for i in items) or "–", bold=bold))

    known = Cell(say(life_cycle.money_words(one, period, view.lang), bold=bold))
    return (Cell(say(name, bold=bold)), known, listed(period.unknown), listed(period.empty))
