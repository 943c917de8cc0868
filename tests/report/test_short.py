"""Papers beside the summary: a short one for anybody, the list of those who want to go on, and what stands role by role."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner

from tests.report import factory
from workshop_app import actions, i18n
from workshop_app.cli import cli
from workshop_app.model import rating
from workshop_app.report import content, markdown, short
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SV, EN = i18n.language("sv"), i18n.language("en")


def test_the_short_summary_tells_needs_and_ways_and_nothing_between_ourselves() -> None:
    told = factory.whole("open")
    session = replace(told.session, contact_point="Upphandlingsenheten", settings={"next_date": "2026-09-01"})
    words = markdown.render(short.short(replace(told, session=session), SV))
    for text in (
        "Kort sammanfattning",
        "11 utmaningar kom in.",
        "**Barnfamiljer på orter med snabb inflyttning** behöver kunna **få förskoleplats nära hemmet**",
        "Väg vidare: Annan process.",
        "Upphandlingsenheten",
        "1 september 2026",
        "hyresgäster",
    ):
        assert text in words, text
    for kept in (
        "livslängden är ett beslut",
        "marknaden behöver visa",
        "Kajsa",
        "Ekonom",
        "Precis så är det",
    ):
        assert kept not in words, kept
    assert "Way on: Another process." in markdown.render(short.short(told, EN))


def test_what_needs_are_worth_is_shown_role_by_role_where_roles_may_be_told_apart() -> None:
    told = factory.whole()
    two = [("Upphandlare", 3), ("Ekonom", 3)]
    people = tuple(
        replace(told.room.participants[0], id=f"{role}{n}", role=role)
        for role, many in two
        for n in range(many)
    )
    room = replace(told.room, participants=people, roles=tuple(factory.RoleCount(r, n) for r, n in two))

    def votes(of: dict[str, tuple[int, int, int]]) -> dict[str, rating.Spread]:
        pairs = {key: [(v, role) for role, own in of.items() for v in own] for key in rating.CRITERIA}
        return {key: rating.spread(key, given) for key, given in pairs.items()}

    spreads = votes({"Upphandlare": (2, 2, 2), "Ekonom": (5, 5, 5)})
    ratings = {1: replace(told.ratings[1], spreads=spreads)}
    shown = replace(told, room=room, ratings=ratings)
    words = markdown.render(content.document(shown, SV, ("priorities",)))
    assert "Roll för roll, sida vid sida" in words
    assert "| 5 / 3 | 2 / 3 |" in words.replace("  ", " ")  # doable: feasibility against risk turned round
    few = votes({"Upphandlare": (2, 2, 2), "Ekonom": (5, 5, 5)})
    few = {k: replace(s, groups=s.groups[:1]) for k, s in few.items()}
    alone = replace(shown, ratings={1: replace(told.ratings[1], spreads=few)})
    assert "Roll för roll" not in markdown.render(content.document(alone, SV, ("priorities",)))
    assert "Roll för roll" not in markdown.render(content.document(replace(shown, edition="open"), SV))


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A session where four left a name; the last of them wants neither to be listed nor to go on."""
    path = tmp_path / "a.behov"
    people = (
        ("Åsa Ek", "asa@exempel.se", "1", "1"),
        ("Bo Al", "", "1", ""),
        ("", "070-000 00 00", "", "1"),
        ("Cia Tyst", "cia@exempel.se", "", ""),
    )
    with actions.session.create(path, format_id="needs_identification", title="Golv", question="Q?") as file:
        for name, contact, listed, follow in people:
            given = {"name": name, "contact": contact, "list_me": listed, "follow_up": follow}
            fields = {"role": "Drift", "organisation": "K", "relation": "work_in", **given}
            joined = {"participant": uuid4().hex, "key": uuid4().hex, "fields": fields, "language": "sv"}
            actions.do(file, actions.ask.join, by="phone", **joined)
    return path


def test_names_stand_only_where_their_owners_asked_for_it(held: Path) -> None:
    with SessionFile.read(held) as file:
        told = {edition: queries.summary(file, edition) for edition in ("internal", "participants", "open")}
        people = queries.follow_up(file)
    assert [(p.name, p.contact) for p in people] == [("", "070-000 00 00"), ("Åsa Ek", "asa@exempel.se")]
    for edition, summary in told.items():
        words = markdown.render(content.document(summary, SV))
        assert ("Åsa Ek" in words) == ("Bo Al" in words) == (edition != "open"), edition
        assert "Cia" not in words and "exempel.se" not in words and "070" not in words
    assert told["internal"].contacts == 2
    words = markdown.render(short.follow_up(people, told["internal"], SV))
    assert "Åsa Ek" in words and "070-000 00 00" in words and "inte angivet" in words
    assert "Bo Al" not in words and "Cia" not in words
    assert "Ingen har lämnat namn" in markdown.render(short.follow_up((), told["internal"], SV))


def test_both_papers_and_the_phase_are_reached_by_commands(held: Path, tmp_path: Path) -> None:
    def run(*args: object) -> str:
        done = CliRunner().invoke(cli, [str(a) for a in args])
        assert done.exit_code == 0, done.output
        return done.output

    for what in ("short", "follow-up"):
        for ending in ("pdf", "docx"):
            target = tmp_path / f"{what}.{ending}"
            run("print", held, "-o", target, "--what", what)
            assert target.stat().st_size > 1000
    assert '"phase": "needs"' in run("project", held, "--json")
    run("project", held, "--phase", "contract")
    assert '"phase": "contract"' in run("project", held, "--json")
    with SessionFile.read(held) as file:
        words = markdown.render(content.document(queries.summary(file), SV))
    assert "Avtal, 5 av 6" in words and "Förfarande → **Avtal** → Uppföljning" in words
