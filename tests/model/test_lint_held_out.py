"""How well the rules agree with texts that were written before the rules were looked at."""

import pytest

from tests.model import held_out


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("half", held_out.HALVES)
def test_the_rules_agree_with_texts_they_were_not_made_from(half: str, language: str) -> None:
    lines = [line for line in held_out.read(half) if line.language == language]
    assert len(lines) > 100
    agreed = held_out.agreement(lines)
    assert agreed.precision >= held_out.PRECISION, agreed
    assert agreed.recall >= held_out.RECALL, agreed


@pytest.mark.parametrize("name", held_out.ROUNDS)
def test_the_rules_agree_with_later_rounds_of_texts(name: str) -> None:
    lines = held_out.read(name)
    assert len(lines) >= 120
    agreed = held_out.agreement(lines)
    assert agreed.precision >= held_out.PRECISION and agreed.recall >= held_out.RECALL, agreed


@pytest.mark.parametrize("about", [*(f"N{n:02}" for n in range(1, 18)), "C", "C15", "NAME"])
def test_each_rule_agrees_in_both_languages(about: str) -> None:
    lines = [line for half in held_out.HALVES for line in held_out.read(half) if line.about == about]
    agreed = held_out.agreement(lines)
    assert agreed.right > 1
    assert agreed.precision >= held_out.PRECISION and agreed.recall >= held_out.RECALL, agreed


def test_whole_needs_get_no_question() -> None:
    whole = [line for half in held_out.HALVES for line in held_out.read(half) if line.about == "CLEAN"]
    assert len(whole) >= 14
    assert [line.fields for line in whole if held_out.hit(line)] == []
