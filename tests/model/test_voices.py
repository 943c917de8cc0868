"""Whose voice is in a need and whose is missing; nobody is told apart who is one of fewer than three."""

from dataclasses import replace
from datetime import UTC, datetime

from workshop_app.i18n import language
from workshop_app.model.board import Board, Card, Theme
from workshop_app.model.need import FIELDS, Evidence, Need, Recognition, Stakeholder
from workshop_app.model.session import Participant, RoleCount, Room
from workshop_app.model.voices import absent, organisations, unconfirmed, voices

SV, EN = language("sv"), language("en")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def room(*people: tuple[str, str], missing: tuple[str, ...] = ()) -> Room:
    """A room of (role, relation)."""
    here = tuple(
        Participant(f"p{n}", role, "", rel, "sv", "phone", NOW) for n, (role, rel) in enumerate(people)
    )
    roles = tuple(RoleCount(r, sum(p.role == r for p in here)) for r in dict.fromkeys(p.role for p in here))
    return Room(here, roles, missing)


def need_of(room_: Room, *writers: int, groups: tuple[Stakeholder, ...] = ()) -> tuple[Need, Board]:
    """A need whose cards were written by people by number."""
    cards = tuple(
        Card(n, "x", "loose", None, 1, room_.participants[w].role, "phone", beneficiary="barn", needs=(1,),
             participant=f"p{w}")
        for n, w in enumerate(writers, 1)
    )  # fmt: skip
    board = Board((Theme(1, 1, "t", "leader", "nattpersonal"),), (), cards, (), (), ())
    evidence = tuple(Evidence(c.id, "x", c.role) for c in cards)
    return Need(1, 1, "draft", dict.fromkeys(FIELDS, ""), None, 1, evidence, groups), board


def test_roles_that_three_share_are_named_and_the_rest_are_added_up() -> None:
    here = room(*[("Drift", "work_in")] * 3, ("Chef", "lead"), ("Jurist", "lead"), ("Inköp", "purchase"))
    found = voices(*need_of(here, 0, 1, 3), here)
    assert (found.roles, found.others, found.whom) == ((("Drift", 2),), 1, (("barn", 3),))
    assert found.heard(SV) == "Drift 2, 1 vars roll inte visas"
    assert found.heard(EN) == "Drift 2, 1 whose role is not shown"


def test_one_alone_beside_a_role_is_not_given_away_by_the_rest() -> None:
    here = room(*[("Drift", "work_in")] * 3, ("Boende", "use"))
    found = voices(*need_of(here, 0, 3), here)
    assert found.roles == () and found.others == 2
    assert found.absent == () and "slutanvändare" not in found.not_heard(SV)
    unheard = voices(*need_of(here, 0), here)
    assert unheard.absent == (), "that the one end user wrote nothing here is not told either"


def test_end_users_and_operations_are_missed_when_they_are_absent() -> None:
    here = room(*[("Drift", "work_in")] * 3, *[("Boende", "use")] * 3, missing=("barn",))
    assert absent(here) == () and absent(room()) == ()
    assert absent(room(("Chef", "lead"))) == ("use", "work_in")
    groups = (Stakeholder("anhöriga", "user", "no"), Stakeholder("vaktmästare", "staff", "yes"))
    found = voices(*need_of(here, 0, 1, groups=groups), here)
    assert found.absent == ("use",)
    assert found.not_heard(SV) == "slutanvändare, anhöriga, nattpersonal, barn"


def test_organisations_behind_a_need_are_counted_and_named_from_three_people() -> None:
    here = room(*[("Drift", "work_in")] * 7)
    whose = ("Ystad", "Ystad", "Ystad", "Sjöbo", "Skurup", "Skurup", "Skurup")
    named = tuple(replace(p, organisation=o) for p, o in zip(here.participants, whose, strict=True))
    here = replace(here, participants=named)
    need, board = need_of(here, 0, 3, 1)
    assert organisations(need, board, here) == (2, ("Ystad",)), "one of the two threes hides Sjöbo's one"
    here = replace(here, participants=(*named[:3], *named[4:]))
    assert organisations(*need_of(here, 0, 1), here) == (1, ("Ystad",))
    assert organisations(*need_of(here, 0, 4), here) == (2, ("Skurup", "Ystad"))
    shared = replace(need_of(here, 0)[0], shared=("Tomelilla", "Ystad"))
    assert organisations(shared, board, here) == (2, ("Tomelilla", "Ystad"))
    assert organisations(*need_of(room(("Drift", "work_in")), 0), room(("Drift", "work_in"))) == (0, ())


def test_line_and_purchaser_both_confirm_and_it_is_told_only_of_what_may_be_shown() -> None:
    drift = [("Drift", "work_in")] * 3
    alone, both = room(*drift), room(*drift, *[("Inköp", "purchase")] * 3)
    need, _board = need_of(alone, 0)
    assert unconfirmed(need, alone) == ()  # nobody has answered
    said = Recognition(3, 0, 0, {"work_in": (3, 0, 0)})
    assert unconfirmed(replace(need, recognition=said), alone) == ("purchase",)  # nobody of them is here
    assert unconfirmed(replace(need, recognition=said), both) == ()  # what they said may not be shown
    said = Recognition(3, 1, 2, {"work_in": (3, 0, 0), "purchase": (0, 1, 2)})
    assert unconfirmed(replace(need, recognition=said), both) == ("purchase",)
