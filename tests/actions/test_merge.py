"""Joined sessions: the sum of their parts, every receipt and every vote, and what cannot be joined is told."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions import merge
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

do = actions.do


def held(path: Path, seed: int, organisation: str) -> Path:
    """A workshop held at random: cards, heaps, parked and hidden cards, needs, votes, withdrawn cards."""
    chance = Random(seed)
    with actions.session.create(
        path, format_id="needs_identification", title=organisation, question="Vad är svårt?",
        organisation=organisation, missing=["anhöriga", organisation],
    ) as file:  # fmt: skip

        def send(step: str, who: str | None, key: str, **fields: str) -> Any:
            named = {name.replace("__", "@"): value for name, value in fields.items()}
            return do(
                file, actions.ask.receive, by="phone", step=step, key=key, participant=who, fields=named, language="sv"
            )  # fmt: skip

        people = [f"person {n}" for n in range(chance.randint(3, 6))]  # the same names in every file
        for who in people:
            fields = {"role": "Drift", "organisation": organisation, "relation": "work_in"}
            do(
                file,
                actions.ask.join,
                by="phone",
                participant=who,
                fields=fields,
                language="sv",
                key=f"j {who}",
            )
        do(file, actions.agenda.go_to, step="challenges")
        cards = []
        for n in range(chance.randint(6, 14)):
            text = f"Kort {n} {organisation}"
            cards.append(send("challenges", chance.choice(people), f"k{n}", text=text).card)
        do(file, actions.ask.type_card, text=f"Papper {organisation}", source="paper")
        theme = do(file, actions.group.new_theme, title="Tema")
        do(file, actions.group.new_heap, title="Hög", cards=cards[:2], theme=theme)
        do(file, actions.group.new_heap, title="Lös", cards=cards[2:4])
        do(file, actions.group.park, cards=cards[4:5], reason="Sen")
        do(file, actions.group.hide, cards=cards[5:6], reason="test_card")
        goals = do(file, actions.goals.add_goals, titles=["Gemensamt", f"Mål {organisation}"], source="Plan")
        do(file, actions.agenda.go_to, step="formulate")
        needs = [
            do(file, actions.need.new_need, title=f"Behov {n}", cards=cards[n : n + 2]) for n in range(3)
        ]
        do(file, actions.need.set_fields, need=needs[0], title="Få tag i ett nattpass",
           who="Personal på natten", function="byta pass", situation="när någon blir sjuk", effect="vila räcker")  # fmt: skip
        do(file, actions.goals.set_goals, need=needs[0], goals=goals)
        do(file, actions.need.merge_needs, into=needs[1], needs=[needs[2]])
        do(file, actions.agenda.go_to, step="prioritise")
        for n, who in enumerate(people):
            votes = {f"benefit__{needs[0]}": str(chance.randint(1, 5)), f"dots__{needs[0]}": "2"}
            send("prioritise", who, f"r{n}", **votes)
        do(file, actions.rate.hand_votes, need=needs[0], criterion="risk", votes={"4": 3})
        do(file, actions.agenda.pause_phones)
    return path


def facts(file: SessionFile) -> Counter[Any]:
    """What must not be lost, counted: answers with receipts, places of cards, needs with evidence, votes, goals."""
    board, named = queries.board(file), {n.id: n for n in queries.needs(file)}
    out: Counter[Any] = Counter()
    out.update(("answer", a.text, a.source, a.receipt.partition("-")[0]) for a in queries.answers(file))
    out.update(("card", c.text, queries.place_of(c), c.role, c.reason) for c in board.cards.values())
    out.update(("need", n.title, tuple(e.text for e in n.evidence), n.status) for n in named.values())
    for need, rated in queries.ratings(file).items():
        out["votes", named[need].title, rated.spreads["benefit"].votes, rated.dots, rated.voters] += 1
    links = {g.id: g.title for g in queries.goals(file)}
    out.update(("serves", n.title, tuple(sorted(links[g] for g in n.goals))) for n in named.values())
    out.update(
        ("heap", h.title, len(h.cards))
        for h in (*board.loose_heaps, *(h for t in board.themes for h in t.heaps))
    )
    return out


@pytest.mark.parametrize("seed", range(4))
def test_the_whole_is_the_sum_of_its_parts(tmp_path: Path, seed: int) -> None:
    names = ("Ekmåla", "Björkby", "Skogsås")[: 2 + seed % 2]
    parts = [held(tmp_path / f"{n}.behov", seed * 10 + i, n) for i, n in enumerate(names)]
    wanted: Counter[Any] = Counter()
    for path in parts:
        with SessionFile.read(path) as one:
            wanted += facts(one)
    with merge.merge(parts, tmp_path / "all.behov") as made:
        assert facts(made) == wanted
        balance, answers = queries.balance(made), queries.answers(made)
        assert balance.balanced and not balance.lost
        assert len({a.key for a in answers}) == len({a.receipt for a in answers}) == len(answers)
        numbers = [n.number for n in queries.needs(made)]
        assert len(set(numbers)) == len(numbers)
        assert {g.title for g in queries.goals(made)} == {"Gemensamt", *(f"Mål {n}" for n in names)}
        assert queries.room(made).missing.count("anhöriga") == 1
        assert {o[0] for o in queries.card_origins(made).values()} == set(names)
        letters = [h.letter for h in queries.board(made).loose_heaps]
        assert len(set(letters)) == len(letters)
    assert check.findings(made.path) == []


def test_it_goes_on_as_a_session_and_can_be_joined_again(tmp_path: Path) -> None:
    parts = [held(tmp_path / f"{n}.behov", i, n) for i, n in enumerate("ABC")]
    with merge.merge(parts[:2], tmp_path / "ab.behov", title="Två") as two:
        assert queries.session(two).title == "Två"
        do(two, actions.agenda.go_to, step="challenges")
        do(two, actions.ask.type_card, text="Efteråt")
    assert check.findings(two.path) == []
    with merge.merge([two.path, parts[2]], tmp_path / "abc.behov") as three:
        origins = queries.card_origins(three)
        assert {o[0] for o in origins.values()} >= {"A", "B", "C"}
    assert check.findings(three.path) == []


def test_the_same_need_is_found_and_marked(tmp_path: Path) -> None:
    parts = [held(tmp_path / f"{n}.behov", i, n) for i, n in enumerate(("Ekmåla", "Björkby"))]
    with merge.merge(parts, tmp_path / "all.behov") as made:
        titles = {n.id: n.title for n in queries.needs(made)}
        twin = next(t for t in merge.twins(made) if titles[t.need].startswith("Få"))
        assert titles[twin.need] == titles[twin.other] == "Få tag i ett nattpass"
        do(made, merge.mark_same, need=twin.need, other=twin.other)
        shared = [n.shared for n in queries.needs(made) if n.shared]
        assert shared == [("Björkby", "Ekmåla")] * 2
        assert (twin.need, twin.other) not in {(t.need, t.other) for t in merge.twins(made)}
        made.undo().result()
        assert not any(n.shared for n in queries.needs(made))
        with pytest.raises(Refused):
            do(made, merge.mark_same, need=twin.need, other=twin.need)


def test_what_cannot_be_joined_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    one, target = held(tmp_path / "a.behov", 1, "A"), tmp_path / "all.behov"
    other = actions.session.create(
        tmp_path / "b.behov", format_id="needs_identification", title="B", language="en"
    )
    other.close()
    third = actions.session.create(tmp_path / "c.behov", format_id="needs_identification", title="C")
    third.close()
    with sqlite3.connect(third.path) as conn:
        conn.execute("UPDATE session SET format_id = 'barrier_scan'")
    copy = tmp_path / "copy.behov"
    copy.write_bytes(one.read_bytes())
    told: list[Callable[[], Any]] = [
        lambda: merge.merge([one], target),
        lambda: merge.merge([one, copy], target),
        lambda: merge.merge([one, other.path], target),
        lambda: merge.merge([one, third.path], target),
    ]
    for tried in told:
        with pytest.raises(Refused):
            tried()
        assert not target.exists()
