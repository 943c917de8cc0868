"""What costs come to when some of them are unknown, and what is already known that a sheet can be filled with."""

from decimal import Decimal

import pytest

from workshop_app import formats, i18n
from workshop_app.model import life_cycle, small_sheets
from workshop_app.model.need import FIELDS, Need, Stakeholder
from workshop_app.model.session import Goal
from workshop_app.model.small_sheets import SheetRow

SV = i18n.language("sv")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1 250 000", "1250000"),
        ("1,250,000", "1250000"),
        ("1.250", "1250"),
        ("12,5", "12.5"),
        ("1.250.000,50", "1250000.50"),
        (",5", "0.5"),
        (" Okänt ", "unknown"),
        ("?", "unknown"),
        ("  ", ""),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert life_cycle.amount(typed) == stored


@pytest.mark.parametrize("typed", ["abc", "-5", "1,2345", "12 kr", "NaN", "1e5", "٣", "5,"])
def test_what_is_no_amount_is_not_guessed_at(typed: str) -> None:
    assert life_cycle.amount(typed) is None


def costs(years: str = "10", **amounts: str) -> small_sheets.Filled:
    form = formats.sheets()["life_cycle"]
    rows = [SheetRow(1, "life_cycle", None, 0, "once", {"years": years, "unit": "tkr"})]
    rows += [
        SheetRow(n, "life_cycle", None, 0, item, {"amount": text})
        for n, (item, text) in enumerate(amounts.items(), 2)
    ]
    return small_sheets.filled(form, None, rows)


EVERYTHING = {
    "purchase": "1000",
    "installation": "200",
    "training": "0",
    "operation": "50",
    "maintenance": "10.5",
    "end_of_life": "100",
    "saved": "20",
}


def test_known_costs_are_summed_by_year_and_in_all() -> None:
    found = life_cycle.periods(costs(**EVERYTHING))
    assert [(p.first, p.last, p.known) for p in found] == [
        (1, 1, Decimal("1240.5")),
        (2, 9, Decimal("40.5")),
        (10, 10, Decimal("140.5")),
    ]
    whole = life_cycle.total(costs(**EVERYTHING))
    assert whole is not None and whole.whole and whole.known == Decimal("1705.0")
    assert (
        life_cycle.total_words(costs(**EVERYTHING), whole, SV)
        == "Hela kostnaden under 10 år: 1\u00a0705 tkr."
    )


@pytest.mark.parametrize("years", [1, 2, 3, 60])
def test_every_year_is_reckoned_once(years: int) -> None:
    have = costs(str(years), **EVERYTHING)
    told = [y for p in life_cycle.periods(have) for y in range(p.first, p.last + 1)]
    whole = life_cycle.total(have)
    assert told == list(range(1, years + 1))
    assert whole is not None and whole.known == 1300 + Decimal("40.5") * years


def test_unknown_is_told_and_never_counted_as_nothing() -> None:
    have = costs(**{**EVERYTHING, "maintenance": "unknown", "saved": "", "purchase": "10; 20"})
    whole = life_cycle.total(have)
    assert whole is not None and not whole.whole
    assert set(whole.unknown) == {"maintenance", "purchase"} and whole.empty == ("saved",)
    words = life_cycle.total_words(have, whole, SV)
    assert words.startswith("Känt hittills") and words.endswith("Det är inte hela kostnaden.")


def test_without_years_nothing_is_summed() -> None:
    for years in ("", "0", "många"):
        assert life_cycle.total(costs(years, **EVERYTHING)) is None


def need(number: int, **fields: str) -> Need:
    concerned = (Stakeholder("Städare", "staff", "yes" if number == 1 else "no"), Stakeholder("Barn"))
    whole = dict.fromkeys(FIELDS, "") | fields
    return Need(number, number, "draft", whole, None, 1, stakeholders=concerned, goals=(number,))


def test_what_is_known_fills_a_sheet_once_and_writes_nothing_over() -> None:
    needs = [
        need(1, who="Barn", effect="de leker torrt", balance_risk="Kommunen", route="internal_development"),
        need(2, who="Vaktmästare", owner="Fastighetschef"),
    ]
    goals = [Goal(1, "Plan", "Ingen ska halka"), Goal(2, "Plan", "Trygg miljö")]
    form = formats.sheets()["stakeholders"]
    found = small_sheets.known(form, None, needs, goals, "Frågan", ["vårdnadshavare"], "Stab", SV)
    assert [r["group"] for r in found.rows] == ["Barn", "Städare", "Vaktmästare", "vårdnadshavare"]
    by = {r["group"]: r for r in found.rows}
    assert by["Barn"]["gain"] == "de leker torrt" and by["Barn"]["consulted"] == "no"
    assert by["Städare"]["consulted"] == "some"  # asked for one need, not for the other
    assert by["vårdnadshavare"] == {"group": "vårdnadshavare", "gap": "Saknades i rummet"}
    assert found.offers["owners"] == ("Stab", "Fastighetschef")
    written = SheetRow(1, "stakeholders", None, 1, "", {"group": "BARN ", "gain": "eget"})
    have = small_sheets.filled(form, None, [written])
    assert small_sheets.news(have, found).rows[0]["group"] == "Städare"
    logic = formats.sheets()["logic_model"]
    of_need = small_sheets.known(logic, needs[0], needs, goals, "Frågan", [], "", SV)
    assert of_need.once == {
        "problem": of_need.once["problem"],
        "effects_short": "de leker torrt",
        "effects_long": "Ingen ska halka",
    }
    held = small_sheets.filled(
        logic, 1, [SheetRow(1, "logic_model", 1, 0, "once", {"effects_short": "eget"})]
    )
    assert "effects_short" not in small_sheets.news(held, of_need).once
    deal = small_sheets.known(formats.sheets()["business_form"], needs[0], needs, goals, "", [], "", SV)
    assert deal.once == {"procurement": "Eget utvecklingsarbete", "payment": "Kommunen"}
