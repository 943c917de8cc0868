"""From a session file to a PDF in memory, with all the summary page says about it; runs on a worker's thread."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from typing import Any

from workshop_app.i18n import N_, Language, language
from workshop_app.model import lint, phases
from workshop_app.model.need import Need
from workshop_app.model.summary import SHARED_IDEAS, WORST_POINT, Balance, Earlier, Summary
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

EDITIONS = {
    "participants": N_("For participants"),
    "internal": N_("Complete, for the registry"),
    "open": N_("For suppliers, without names"),
}
ALWAYS = "balance"  # a print without its sum would be no account
PRINTED = (
    "printed"  # the session's setting: "<version> <fingerprint> <time>" of what was last printed or saved
)

# Of a session's own fields, those that no print shows or that change without anything being said.
_NOT_TOLD = ("token", "short_code", "port", "current_step", "steps", "settings", "version")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """What the leader wants on paper. `without` are keys of report.content.SECTIONS that were ticked off."""

    edition: str
    code: str
    without: frozenset[str] = frozenset()
    earlier: Earlier | None = None  # what scales are compared with


@dataclass(frozen=True)
class Part:
    """One part of the contents: its key, its name as msgid, its first page (0 = not printed) and how many pages."""

    key: str
    name: str
    first: int
    pages: int


@dataclass(frozen=True)
class Made:
    """A finished print and what it was made from."""

    order: Order
    key: str  # the same for the same print
    data: bytes
    pages: int
    parts: tuple[Part, ...]
    needs: Mapping[int, int]  # page -> number of the need that begins there
    version: int  # as printed; one more than the session's when this has changed since it was printed
    fingerprint: str
    balance: Balance
    cards_to_look_at: tuple[int, ...]  # numbers of cards that may point out a person
    needs_to_look_at: tuple[int, ...]

    def part_of(self, page: int) -> Part | None:
        """The part that a page belongs to."""
        here = [p for p in self.parts if p.first and p.first <= page < p.first + p.pages]
        return here[0] if here else None

    def need_of(self, page: int) -> int | None:
        """The number of the need on a page, or None outside the need pages."""
        part = self.part_of(page)
        if part is None or part.key != "needs":
            return None
        before = [start for start in self.needs if start <= page]
        return self.needs[max(before)] if before else None


def make(file: SessionFile, order: Order, known: str = "", progress: Progress | None = None) -> Made | None:
    """Reads the session and prints it in memory; None when that would give the print `known` again."""
    from workshop_app.report import content, pdf

    lang = language(order.code)
    told = printed_summary(file, order, lang)
    # where companies are left out of what others may read, the version is that of the whole
    mark = fingerprint(queries.summary(file) if queries.supplier_names(file) else told)
    told = replace(told, session=replace(told.session, version=version_now(told, mark)))
    key = _key(told, order)
    if key == known:
        return None
    offered = content.offered(told)
    chosen = [name for name in offered if name == ALWAYS or name not in order.without]
    document = content.document(told, lang, chosen)
    printed = pdf.render(document, progress)
    return Made(
        order=order,
        key=key,
        data=printed.data,
        pages=printed.pages,
        parts=_parts(content.SECTIONS, offered, printed.first_pages, printed.pages),
        needs=_need_pages(told.needs, printed.first_pages),
        version=told.session.version,
        fingerprint=mark,
        balance=told.balance,
        cards_to_look_at=_cards_to_look_at(told),
        needs_to_look_at=_needs_to_look_at(told),
    )


def printed_summary(file: SessionFile, order: Order, lang: Language) -> Summary:
    """The summary of an order, with the format's name in the language of the print."""
    name = queries.format_of(file).name.get(lang.code)
    return queries.summary(file, order.edition, name, order.earlier)


def _parts(
    names: Mapping[str, str], offered: Collection[str], starts: Mapping[str, int], pages: int
) -> tuple[Part, ...]:
    own = {key: starts[key] for key in offered if key in starts}
    out = []
    for key in offered:
        first = own.get(key, 0)
        after = [page for other, page in own.items() if page > first]
        # a part that begins in the middle of a page shares it with the one before
        out.append(Part(key, names[key], first, (min(after, default=pages + 1) - first) if first else 0))
    return tuple(out)


def _need_pages(needs: Collection[Need], starts: Mapping[str, int]) -> dict[int, int]:
    """The pages of single needs: their keys are "needs" and a running number, in the order of the needs."""
    numbers = sorted(n.number for n in needs if n.merged_into is None)
    pages = sorted(page for key, page in starts.items() if key.startswith("needs") and key != "needs")
    return dict(zip(pages, numbers, strict=False))


# Versions -----------------------------------------------------------------------


def fingerprint(told: Summary) -> str:
    """The same for the same contents, whoever reads them and whatever step the room is in."""
    values = {
        "session": {k: v for k, v in asdict(told.session).items() if k not in _NOT_TOLD},
        **{name: getattr(told, name) for name in ("questions", "room", "board", "needs", "ratings")},
        **{
            name: getattr(told, name)
            for name in ("goals", "answers", "understood", "places", "steps", "dialogue", "sheets", "project")
        },
        "chosen": [told.session.settings.get(key, "") for key in (SHARED_IDEAS, WORST_POINT, phases.SETTING)],
    }
    return _digest(values)


def _key(told: Summary, order: Order) -> str:
    kept = {k: v for k, v in told.session.settings.items() if k != PRINTED}
    seen = replace(told, session=replace(told.session, settings=kept))
    return _digest({"summary": seen, "order": order})


def _digest(values: object) -> str:
    text = json.dumps(values, default=_plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _named(value: Any) -> Any:
    """A mapping with keys that JSON can have: pairs, such as the place of a scale, are written out."""
    if not isinstance(value, Mapping):
        return value
    return {repr(k) if isinstance(k, tuple) else k: _named(v) for k, v in value.items()}


def _plain(value: Any) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        # not asdict: it copies mappings by their type, and not all can be made from pairs
        return {name: _named(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return _named(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=repr)
    return str(value)


def last_printed(settings: Mapping[str, str]) -> tuple[int, str, str]:
    """Version, fingerprint and time of what was last printed or saved; (0, "", "") before that."""
    pieces = settings.get(PRINTED, "").split(" ")
    if len(pieces) != 3 or not pieces[0].isdigit():
        return 0, "", ""
    return int(pieces[0]), pieces[1], pieces[2]


def version_now(told: Summary, mark: str) -> int:
    """The session's version, or the next one when this version was printed with other contents."""
    version, before, _ = last_printed(told.session.settings)
    now = told.session.version
    return now + 1 if version == now and before != mark else now


# What to look at before it goes out ----------------------------------------------


def _cards_to_look_at(told: Summary) -> tuple[int, ...]:
    shown = [card for card in told.cards if card.state not in ("hidden", "withdrawn")]
    return tuple(card.number for card in shown if _points_out(card.text, told.session.language))


def _points_out(text: str, code: str) -> bool:
    return any(found.rule == "N15" for found in lint.lint_name(text, code))


def _needs_to_look_at(told: Summary) -> tuple[int, ...]:
    found = []
    for need in told.needs:
        waived = {(w.rule, w.field) for w in need.waivers}
        lines = lint.lint_need(need.lint_fields(), told.session.language)
        if any(line.rule == "N15" and (line.rule, line.field) not in waived for line in lines):
            found.append(need.number)
    return tuple(sorted(found))
