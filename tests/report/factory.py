"""Hand-made Summary values for the paper's tests: small ones, and one with everything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from workshop_app.model import rating
from workshop_app.model.board import Board, Card, Heap, Theme
from workshop_app.model.need import FIELDS, Evidence, Need, Recognition, Stakeholder, Waiver
from workshop_app.model.session import (
    Answer,
    Goal,
    Participant,
    QuestionVersion,
    RoleCount,
    Room,
    Session,
    StepState,
)
from workshop_app.model.summary import Balance, NeedRating, Summary

NOW = datetime(2015, 6, 15, 12, 6, tzinfo=UTC)
ROLES = {"Upphandlare": 4, "Verksamhet och drift": 5, "Ekonom": 1, "Slutanvändare": 3}


def session(**changes: Any) -> Session:
    base = Session(
        file_id="7k2m4f00aa11bb22cc33dd44ee55ff66",
        format_id="needs_identification",
        title="Innovationsupphandling inom boende",
        language="sv",
        question="Vad hindrar er verksamhet från att skapa bättre boende och lokaler genom det ni köper?",
        question_version=2,
        date="2015-06-15",
        place="Nässjö",
        organisation="Påhittade kommunen",
        commissioner="Samhällsbyggnadschefen",
        mandate="Ta fram behov som kan prövas i nästa års plan",
        leader_role="Processledare, innovationsmiljö",
        recipient="Styrgruppen för boende",
        keep_until="2017-06-15",
        fictional=True,
        token="t",
        short_code="C7K9MR",
        port=0,
        current_step="close",
        steps=(
            StepState("join", 1, 10, "done", NOW.replace(hour=9), NOW.replace(hour=9, minute=12)),
            StepState(
                "challenges", 2, 20, "done", NOW.replace(hour=9, minute=12), NOW.replace(hour=9, minute=35)
            ),
            StepState("close", 3, 5, "open", NOW.replace(hour=12)),
        ),
        roles=tuple(ROLES),
        organisations=("Påhittade kommunen", "Bostäder Exempel AB", "Uppdiktade högskolan"),
        version=1,
        created_at=NOW,
    )
    return replace(base, **changes)


def room(missing: Sequence[str] = ("hyresgäster", "barn och föräldrar")) -> Room:
    people = []
    for role, n in ROLES.items():
        for place in range(n):
            people.append(
                Participant(f"{role}{place}", role, "Påhittade kommunen", "work", "sv", "phone", NOW)
            )
    return Room(tuple(people), tuple(RoleCount(r, n) for r, n in ROLES.items()), tuple(missing))


def card(number: int, text: str, **changes: Any) -> Card:
    base = Card(
        number, text, "heap", 1, 1, "Upphandlare", "phone", receipt=f"K{number:03d}", placed_by="hand"
    )
    return replace(base, **changes)


def need(number: int, cards: Sequence[Card] = (), **changes: Any) -> Need:
    text = {
        "title": f"Behov nummer {number} i tid",
        "who": "barnfamiljer på orter med snabb inflyttning",
        "function": "få förskoleplats nära hemmet",
        "situation": "när antalet barn ökar mer än planerat",
        "effect": "föräldrarna kan börja arbeta som avtalat",
        "requirement": "Plats kan erbjudas högst tolv månader efter beslut, i lokal med minst 40 års livslängd.",
        "requirement_check": "uppföljning av beslutsdatum mot inflyttning",
        "market_status": "partly",
        "market_note": "Snabba hus finns, men bygglov och definitioner stoppar.",
        "owner": "Fastighetschef, kommun",
        "next_step": "Dialogmöte med marknaden",
        "needed_by": "2015-09-01",
        "route": "innovation_procurement",
        "route_kind": "friendly",
        "route_reason": "Flera kommuner har samma behov; marknaden behöver visa en helhet.",
    }
    given = changes.pop("fields", {})
    fields = dict.fromkeys(FIELDS, "") | text | given
    base = Need(
        id=number,
        number=number,
        status="ready",
        fields=fields,
        heap=1,
        version=2,
        evidence=tuple(Evidence(c.id, c.text, c.role, c.me_too, c.receipt) for c in cards),
        stakeholders=(
            Stakeholder("förskolechef", "staff", "yes"),
            Stakeholder("barn och föräldrar", "user", "no"),
        ),
        recognition=Recognition(7, 3, 2),
    )
    return replace(base, **changes)


def votes(criterion: str, *values: int | None) -> rating.Spread:
    return rating.spread(criterion, [(v, "Upphandlare") for v in values])


def rated(need_id: int, **values: Sequence[int | None]) -> NeedRating:
    usual: dict[str, Sequence[int | None]] = dict.fromkeys(rating.CRITERIA, (3, 4, 4, 4, 5, None))
    spreads = {key: votes(key, *v) for key, v in (usual | values).items()}
    return NeedRating(need_id, 1, spreads, {}, 5, 6)


def summary(
    cards: Sequence[Card] = (),
    needs: Sequence[Need] = (),
    ratings: Mapping[int, NeedRating] | None = None,
    edition: str = "internal",
    **changes: Any,
) -> Summary:
    """A balanced Summary of these cards: themes and heaps are made from the numbers the cards carry."""
    evidence: dict[int, list[int]] = {}
    for one in needs:
        for e in one.evidence:
            evidence.setdefault(e.card, []).append(one.id)
    placed = [replace(c, needs=tuple(evidence.get(c.id, ()))) for c in cards]
    themes = []
    for number in sorted({c.theme for c in placed if c.state == "heap" and c.theme}):
        heaps = []
        for letter, heap in enumerate(sorted({c.heap for c in placed if c.theme == number and c.heap}), 1):
            own = tuple(c for c in placed if c.state == "heap" and c.heap == heap)
            heaps.append(Heap(heap, number, letter, f"Hög om sak {heap}", "leader", letter, own))
        themes.append(
            Theme(number, number, f"Tema om boende och lokaler {number}", "leader", "", tuple(heaps))
        )

    def state(name: str) -> tuple[Card, ...]:
        return tuple(c for c in placed if c.state == name)

    places = {c.id: "need" if c.needs else c.state for c in placed}
    base = Summary(
        session=changes.pop("session", session()),
        edition=edition,
        format_name="Behovsidentifiering",
        questions=(
            QuestionVersion(1, "Vad är svårt med boende?", NOW),
            QuestionVersion(2, session().question, NOW),
        ),
        room=room(),
        board=Board(
            tuple(themes),
            (),
            state("loose"),
            state("parked"),
            state("hidden"),
            state("merged"),
            state("withdrawn"),
        ),
        needs=tuple(needs),
        ratings=ratings or {},
        goals=(),
        balance=Balance(len(placed), Counter(places.values()), Counter(c.source for c in placed)),
        places=places,
        answers=(),
        understood={"yes": 9, "partly": 3, "no": 1},
        contacts=0,
        file_name="boende.behov",
    )
    return replace(base, **changes)


def whole(edition: str = "internal") -> Summary:
    """A summary with everything in it: all places, two rounds, goals, waivers, answers, comments."""
    cards = [
        card(
            1,
            "Får in 60 barn till nästa höst men det tar tre år att få fram en förskola",
            me_too=3,
            role="Ekonom",
        ),
        card(
            2,
            "Köp modulhus till förskolan direkt, annars klarar vi inte platsgarantin",
            underlying="Plats i tid",
        ),
        card(
            3, "Oklart vad som räknas som modul, permanent eller tillfällig. Det stoppar bygglovet", me_too=2
        ),
        card(4, "Lägsta pris vinner fast driften blir dyr", heap=2, theme=2, when="vid utvärdering"),
        card(
            5,
            "Ingen frågar oss som sköter huset",
            heap=2,
            theme=2,
            how_often="weekly",
            beneficiary="vaktmästare",
        ),
        card(6, "prov av telefonen, asdf", state="hidden", heap=None, theme=None, reason="test_card"),
        card(7, "Ring Kajsa på 070-000 00 00", state="hidden", heap=None, theme=None, reason="personal_data"),
        card(8, "Solceller på taket", state="parked", heap=None, theme=None, reason="hör till energiplanen"),
        card(9, "Ingen frågar oss i driften", state="merged", heap=None, theme=None, merged_into=5),
        card(10, "Vi hinner aldrig titta på andras krav", heap=3, theme=2, source="paper"),
        card(11, "Kom på sent: parkering", state="loose", heap=None, theme=None, source="voice"),
    ]
    needs = [
        need(1, cards[:3], goals=(1,), waivers=(Waiver("N05", "requirement", "livslängden är ett beslut"),)),
        need(
            2,
            cards[3:5],
            status="decided",
            fields={
                "title": "Driften med när kraven skrivs",
                "route": "other_process",
                "other_process": "Nämndens plan",
            },
            no_goal=True,
            recognition=Recognition(2, 0, 1, comments=("Precis så är det hos oss",)),
        ),
        need(3, (), fields=dict.fromkeys(FIELDS, "") | {"title": "Mötas utan att resa"}, stakeholders=()),
    ]
    first = {"anchoring": votes("anchoring", 1, 2, 2, 5, 5)}
    ratings = {
        1: replace(rated(1, anchoring=(1, 1, 2, 5, 5, 5), benefit=(5, 5, 5, 4)), first_round=first, round=2),
        2: rated(2, feasibility=(2, 3, 3), risk=(4, 4, 5)),
    }
    people = room().participants
    answers = (
        Answer(
            1,
            "a",
            "for_whom",
            people[0].id,
            "Upphandlare",
            "",
            {"beneficiary": "vaktmästare", "value": "lugn"},
            "phone",
            "M4C9",
            NOW,
        ),
        Answer(
            2,
            "b",
            "close",
            people[1].id,
            "Ekonom",
            "",
            {"takeaway": "Vi vill fortsätta tillsammans"},
            "phone",
            "M4CC",
            NOW,
        ),
    )
    goals = (Goal(1, "Bostadsplan 2030", "Fler bor kvar"), Goal(2, "Bostadsplan 2030", "Mindre resor"))
    return summary(cards, needs, ratings, edition, goals=goals, answers=answers, contacts=2)
