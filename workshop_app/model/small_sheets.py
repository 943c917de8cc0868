"""Small sheets as they stand: what is written in each, and what is already known that could be filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workshop_app.formats import ONCE, Field, SmallSheet, sheets
from workshop_app.i18n import N_, Language
from workshop_app.model import rating
from workshop_app.model.need import Need
from workshop_app.model.session import Goal
from workshop_app.model.statement import statement

ABSENT = N_("Was missing from the room")
DONT_KNOW = "dk"


@dataclass(frozen=True)
class SheetRow:
    """One part of a sheet that has been written in. `need` is None where it is about the whole workshop.

    `item`: ONCE, one of the sheet's own items, or "" for a free row.
    """

    id: int
    sheet: str
    need: int | None
    position: int
    item: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """One sheet for one need, or for the whole workshop, with what is written in it."""

    form: SmallSheet
    need: int | None
    items: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # ONCE among them
    rows: tuple[SheetRow, ...] = ()  # free ones, in order

    @property
    def once(self) -> Mapping[str, str]:
        """What is asked once."""
        return self.items.get(ONCE, {})

    @property
    def count(self) -> int:
        """How many parts of it hold something."""
        return len(self.rows) + sum(len(v) if item == ONCE else 1 for item, v in self.items.items())


def filled(form: SmallSheet, need: int | None, rows: Iterable[SheetRow]) -> Filled:
    """What is written in one sheet. In a joined file a part may have several rows; their words stand after each other."""
    items: dict[str, dict[str, str]] = {}
    free = []
    for row in rows:
        if (row.sheet, row.need) != (form.id, need):
            continue
        if not row.item:
            free.append(row)
            continue
        part = items.setdefault(row.item, {})
        for name, value in row.fields.items():
            part[name] = value if part.get(name, value) == value else f"{part[name]}; {value}"
    return Filled(form, need, items, tuple(sorted(free, key=lambda r: (r.position, r.id))))


def written(rows: Sequence[SheetRow], needs: Iterable[Need]) -> list[Filled]:
    """Every sheet that holds something, in the order they are offered; the whole workshop's before those of needs."""
    held = {(row.sheet, row.need) for row in rows}
    about = [None, *(n.id for n in sorted(needs, key=lambda n: n.number))]
    return [
        filled(form, need, rows) for form in sheets().values() for need in about if (form.id, need) in held
    ]


# What is known already ------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What could be filled in: values of fields asked once, free rows, and words to choose from by source."""

    once: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def known(
    form: SmallSheet,
    about: Need | None,
    needs: Sequence[Need],
    goals: Sequence[Goal],
    question: str,
    missing: Sequence[str],
    owner: str,
    lang: Language,
) -> Known:
    """What needs, goals and the room can fill into a sheet: about one need, or None for the whole workshop."""
    mine = [about] if about else [n for n in needs if n.merged_into is None]
    groups = _groups(mine, () if about else missing, lang)
    single = _single(about, goals, question, lang)
    once = {f.name: single[f.source] for f in form.once if single.get(f.source)}
    rows = []
    for group in groups if form.rows == "groups" else ():
        values = {f.name: group.get(f.source, "")[: f.limit or None] for f in form.fields if f.source}
        rows.append({name: value for name, value in values.items() if value})
    owners = dict.fromkeys(o for o in (owner, *(n.fields["owner"] for n in mine)) if o)
    offers = {"groups": tuple(g["groups"] for g in groups), "owners": tuple(owners)}
    return Known(_cut(form.once, once), tuple(rows), offers)


def news(have: Filled, found: Known) -> Known:
    """What of it is not in the sheet yet: empty fields, and rows of groups that have none."""
    once = {name: value for name, value in found.once.items() if not have.once.get(name, "").strip()}
    name = next((f.name for f in have.form.fields if f.source == "groups"), "")
    there = {_same(row.fields.get(name, "")) for row in have.rows}
    rows = tuple(row for row in found.rows if _same(row.get(name, "")) not in there)
    return Known(once, rows, found.offers)


def _same(words: str) -> str:
    return " ".join(words.split()).casefold()


def _cut(fields: Iterable[Field], values: Mapping[str, str]) -> dict[str, str]:
    limits = {f.name: f.limit for f in fields}
    return {name: value[: limits[name] or None] for name, value in values.items()}


def _single(about: Need | None, goals: Sequence[Goal], question: str, lang: Language) -> dict[str, str]:
    if about is None:
        return {"need": question, "goals": "\n".join(g.title for g in goals)}
    f = about.fields
    return {
        "need": statement(f, lang.code) or about.title,
        "effect": f["effect"],
        "goals": "\n".join(g.title for g in goals if g.id in about.goals),
        "route": rating.route_label(f["route"], f["route_kind"], lang.code),
        "risk": f["balance_risk"],
    }


def _groups(needs: Sequence[Need], missing: Sequence[str], lang: Language) -> list[dict[str, str]]:
    """Each group that a need is for or concerns, by source; asked in one need and not in another is "some"."""
    found: dict[str, dict[str, str]] = {}
    asked: dict[str, set[str]] = {}
    for need in needs:
        if who := need.fields["who"].strip():
            one = found.setdefault(_same(who), {"groups": who})
            one.setdefault("effect", need.fields["effect"])
        for stakeholder in need.stakeholders:
            if name := stakeholder.group.strip():
                found.setdefault(_same(name), {"groups": name})
                asked.setdefault(_same(name), set()).add(stakeholder.consulted)
    for key, answers in asked.items():
        [value] = answers if len(answers) == 1 else ["some" if "yes" in answers else "planned"]
        found[key]["consulted"] = value
    for name in (m.strip() for m in missing):
        if name:
            found.setdefault(_same(name), {"groups": name})["missing"] = lang(ABSENT)
    return list(found.values())
