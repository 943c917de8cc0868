"""The sums of a life-cycle sheet: what is known by year and in all, and which parts of it are unknown or not filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from workshop_app.i18n import N_, Language
from workshop_app.model.small_sheets import Filled

UNKNOWN = "unknown"
NO_YEARS = N_("Write how many years it is about, and the sums come here.")
MOST_YEARS = 60
_UNKNOWN_WORDS = frozenset((UNKNOWN, "okänt", "okänd", "okända", "vet ej", "vet inte", "?", "don't know"))
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'")


@dataclass(frozen=True)
class Period:
    """Years that cost the same, counted from 1: what is known of one such year, and the items that are not.

    `unknown` were marked so, `empty` have neither an amount nor a mark; neither is ever counted as nothing.
    """

    first: int
    last: int
    known: Decimal
    unknown: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything that belongs to it is known."""
        return not self.unknown and not self.empty


def amount(text: str) -> str | None:
    """A sum of money as it is stored: digits with a point for decimals, UNKNOWN, "" for nothing; None for anything else.

    Blanks part thousands. A comma or point before three digits parts thousands too; before one or two, decimals.
    """
    plain = text.strip().casefold()
    if plain in _UNKNOWN_WORDS:
        return UNKNOWN
    plain = plain.translate(_SPACES)
    if not plain:
        return ""
    whole, sign, rest = plain.replace(",", ".").rpartition(".")
    digits = whole.replace(".", "") + rest
    if not (digits.isascii() and digits.isdecimal()) or (sign and not 1 <= len(rest) <= 3):
        return None
    return f"{digits[: -len(rest)] or 0}.{rest}" if sign and len(rest) < 3 else digits


def years(have: Filled) -> int:
    """How many years are reckoned; 0 while that is not said."""
    text = have.once.get(have.form.sums.years, "") if have.form.sums else ""
    return min(int(text), MOST_YEARS) if text.isdecimal() else 0


def periods(have: Filled) -> tuple[Period, ...]:
    """The years in order, those that cost the same together; none while the number of years is not said."""
    sums, count = have.form.sums, years(have)
    if sums is None or not count:
        return ()
    cuts = sorted({1, 2, count, count + 1} & set(range(1, count + 2)))
    out = []
    for first, after in pairwise(cuts):
        items = (
            *(sums.start if first == 1 else ()),
            *sums.yearly,
            *(sums.end if after == count + 1 else ()),
            *sums.saved,
        )
        out.append(_reckoned(have, items, first, after - 1))
    return tuple(out)


def total(have: Filled) -> Period | None:
    """All years together; None while their number is not said."""
    found = periods(have)
    if not found:
        return None
    return Period(
        1,
        found[-1].last,
        sum((p.known * (p.last - p.first + 1) for p in found), Decimal(0)),
        tuple(dict.fromkeys(i for p in found for i in p.unknown)),
        tuple(dict.fromkeys(i for p in found for i in p.empty)),
    )


def _reckoned(have: Filled, items: Iterable[str], first: int, last: int) -> Period:
    sums = have.form.sums
    assert sums is not None
    known = Decimal(0)
    unknown: list[str] = []
    empty: list[str] = []
    for item in items:
        text = have.items.get(item, {}).get(sums.amount, "")
        value = _value(text)
        if value is not None:
            known += -value if item in sums.saved else value
        else:
            (unknown if text else empty).append(item)
    return Period(first, last, known, tuple(unknown), tuple(empty))


def _value(text: str) -> Decimal | None:
    digits = amount(text)  # a joined file may hold the words of several
    return Decimal(digits) if digits and digits != UNKNOWN else None


def figure(value: Decimal | str, code: str) -> str:
    """A sum as people write it: 1 250 000,50 in Swedish, 1,250,000.50 in English; words as they are."""
    number = value if isinstance(value, Decimal) else _value(value)
    if number is None:
        return str(value)
    words = f"{number.normalize():,f}" if number % 1 else f"{number:,.0f}"
    if code.startswith("en"):
        return words.replace("-", "\u2212")
    return words.replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


def years_words(period: Period, lang: Language) -> str:
    """The years of a period, as in "Each year, 2–9"."""
    if period.first == period.last:
        return lang("Year {n}").format(n=period.first)
    return lang("Each year, {first}–{last}").format(first=period.first, last=period.last)


def money_words(have: Filled, period: Period, lang: Language) -> str:
    """The known sum with its unit."""
    unit = have.once.get(have.form.sums.unit, "") if have.form.sums else ""
    return f"{figure(period.known, lang.code)} {unit}".strip()


def total_words(have: Filled, whole: Period, lang: Language) -> str:
    """What it costs in all, or what is known of it so far; what is not known is said, never counted as nothing."""
    money, time = money_words(have, whole, lang), lang.plural("{n} year", "{n} years", whole.last)
    if whole.whole:
        return lang("The whole cost during {years}: {money}.").format(years=time, money=money)
    words = lang("Known so far during {years}: {money}. This is not the whole cost.")
    return words.format(years=time, money=money)
