"""Steps of several questions and of scales: what came in is counted, and what the room came to is kept."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions.fields import FieldTrouble
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SessionFile]:
    with actions.session.create(
        tmp_path / "x.behov", format_id="maturity", title="M", question="Var står vi?"
    ) as made:
        yield made


@pytest.fixture
def phone(file: SessionFile) -> Go:
    keys = count(1)

    def go(step: str, who: str, fields: dict[str, Any]) -> Any:
        return actions.do(
            file, actions.ask.receive, by="phone", step=step, participant=who, language="sv", fields=fields,
            key=f"k{next(keys)}",
        )  # fmt: skip

    return go


@pytest.fixture(autouse=True)
def six_people(file: SessionFile) -> None:
    for n, level in enumerate(("operations",) * 3 + ("management",) * 3, 1):
        fields = {"role": f"r{n}", "organisation": "O", "relation": "lead", "level_of_work": level}
        actions.do(
            file, actions.ask.join, by="phone", participant=f"p{n}", fields=fields, language="sv", key=f"j{n}"
        )


def test_a_scale_is_hidden_until_three_have_answered_and_then_shown_by_level(
    file: SessionFile, phone: Go, do: Go
) -> None:
    do(actions.agenda.go_to, step="rate")
    for n, value in enumerate(("1", "2"), 1):
        phone("rate", f"p{n}", {"level@leadership": value, "example@leadership": "Vi frågar sällan"})
    seen = queries.step_results(file, "rate")
    assert seen.spreads["level", "leadership"].waiting == 2 and not seen.spreads["level", "leadership"].votes
    for n, value in ((3, "1"), (4, "5"), (5, "4"), (6, "dk")):
        phone("rate", f"p{n}", {"level@leadership": value, "level@competences": "3", "level@nonsense!": "3"})
    held = queries.step_results(file, "rate").spreads["level", "leadership"]
    assert (held.votes, held.dont_know, held.waiting, held.open) == ((1, 1, 2), 0, 3, True)
    phone("rate", "p4", {"level@leadership": "4"})  # thought again: the last one counts
    do(actions.agenda.pause_phones)
    seen = queries.step_results(file, "rate")
    spread = seen.spreads["level", "leadership"]
    assert (spread.votes, spread.dont_know, spread.median) == ((1, 1, 2, 4, 4), 1, 2.0)
    assert spread.groups == ()  # two of management could be reckoned out beside the three of operations
    do(actions.agenda.open_phones)
    phone("rate", "p6", {"level@leadership": "5"})
    spread = queries.step_results(file, "rate").spreads["level", "leadership"]
    assert (len(spread.votes), spread.groups, spread.waiting) == (5, (), 1), "one vote is no new picture"
    assert seen.widest("level") == ("leadership", "competences")
    assert [s.words for s in seen.words("example", "leadership")] == ["Vi frågar sällan"] * 2
    assert [i.value for i in queries.items(file, "rate")][:2] == ["innovation_maturity", "leadership"]
    do(actions.agenda.new_round)
    for n in range(1, 4):
        phone("rate", f"p{n}", {"level@leadership": "3"})
    do(actions.agenda.pause_phones)
    again = queries.step_results(file, "rate")
    assert again.spreads["level", "leadership"].votes == (3, 3, 3)
    assert ("level", "leadership") not in again.first, "two of the first round are not among these three"


def test_two_rounds_stand_side_by_side_only_where_nobody_is_told_apart_by_them(
    file: SessionFile, phone: Go, do: Go
) -> None:
    do(actions.agenda.go_to, step="rate")
    for n in range(1, 6):
        phone("rate", f"p{n}", {"level@leadership": str(n), "level@competences": "2"})
    do(actions.agenda.new_round)
    for n in range(1, 6):
        phone("rate", f"p{n}", {"level@leadership": str(n)} | ({"level@competences": "4"} if n < 5 else {}))
    do(actions.agenda.pause_phones)
    seen = queries.step_results(file, "rate")
    assert seen.first["level", "leadership"].votes == (1, 2, 3, 4, 5), "the same people both times"
    assert len(seen.spreads["level", "competences"].votes) == 4
    assert ("level", "competences") not in seen.first, "the fifth's vote would be the difference"
    do(actions.agenda.open_phones)
    phone("rate", "p6", {"level@leadership": "1"})
    do(actions.agenda.pause_phones)
    late = queries.step_results(file, "rate")
    assert ("level", "leadership") in late.first and late.spreads["level", "leadership"].waiting == 1


def test_choices_are_hidden_until_three(file: SessionFile, phone: Go, do: Go) -> None:
    do(actions.agenda.go_to, step="actions")
    row = {"action": "Öva", "who": "Chefen", "when": "mars"}
    for n in (1, 2):
        phone("actions", f"p{n}", row | {"factor": "leadership"})
    assert queries.step_results(file, "actions").choices["factor", ""].waiting == 2
    phone("actions", "p3", row | {"factor": "competences"})
    do(actions.agenda.pause_phones)
    assert queries.step_results(file, "actions").choices["factor", ""].counts == {
        "leadership": 2,
        "competences": 1,
    }


def test_at_most_three_actions_are_kept_moved_changed_and_undone(
    file: SessionFile, phone: Go, do: Go
) -> None:
    do(actions.agenda.go_to, step="actions")
    given = phone("actions", "p1", {"factor": "leadership", "action": "Öva", "who": "Chefen", "when": "mars"})
    first = do(actions.outcome.keep, step="actions", fields={"action": "Öva"}, answer=given.answer)
    second, third = (
        do(actions.outcome.keep, step="actions", fields={"action": w}) for w in ("Fråga", "Mäta")
    )
    with pytest.raises(Refused) as said:
        do(actions.outcome.keep, step="actions", fields={"action": "En till"})
    assert said.value.values["most"] == 3
    do(actions.outcome.change, outcome=first, fields={"who": "Chefen"})
    do(actions.outcome.move, outcome=third, to=0)
    kept = queries.outcomes(file, "actions")
    assert [o.id for o in kept] == [third, first, second]
    assert kept[1].fields == {"action": "Öva", "who": "Chefen"} and kept[1].answer == given.answer
    do(actions.outcome.drop, outcome=second)
    file.undo().result()
    assert [o.id for o in queries.outcomes(file)] == [third, first, second]


def test_nothing_empty_too_long_or_out_of_place_is_kept(file: SessionFile, do: Go) -> None:
    for step, fields, trouble in (
        ("actions", {"action": " "}, Refused),
        ("actions", {"action": "x" * 201}, FieldTrouble),
        ("rate", {"example": "x"}, Refused),
        ("no_such", {"action": "x"}, Refused),
    ):
        with pytest.raises(trouble):
            do(actions.outcome.keep, step=step, fields=fields)
    assert queries.outcomes(file) == ()
