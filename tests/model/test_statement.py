"""The sentence of a need: parts in their places, nothing inflected, nothing said twice, missing parts shown."""

from hypothesis import given
from hypothesis import strategies as st

from workshop_app.model.statement import missing, parts, statement

SV = {
    "who": "förskolebarn ett till fem år",
    "function": "röra sig på torrt golv",
    "situation": "när grupper kommer in från utevistelse i regn och snö",
    "effect": "de kan leka på golvet utan att halka eller bli blöta",
}


def test_swedish_sentence_of_the_method() -> None:
    assert statement(SV, "sv") == (
        "Förskolebarn ett till fem år behöver kunna röra sig på torrt golv när grupper kommer in från utevistelse "
        "i regn och snö, så att de kan leka på golvet utan att halka eller bli blöta."
    )


def test_english_sentence() -> None:
    fields = {
        "who": "preschool children",
        "function": "move on a dry floor",
        "situation": "in rain",
        "effect": "they can play",
    }
    assert statement(fields, "en") == (
        "Preschool children need to be able to move on a dry floor in rain, so that they can play."
    )


def test_missing_parts_are_shown_and_named() -> None:
    assert statement({}, "sv") == "… behöver kunna … …, så att …."
    assert missing({}) == ["who", "function", "situation", "effect"]
    assert missing(SV) == []
    assert missing(SV | {"situation": "  ", "effect": "..."}) == ["situation", "effect"]


def test_glue_typed_into_a_part_is_not_said_twice() -> None:
    typed = SV | {"function": "Att kunna röra sig på torrt golv", "effect": "så att de kan leka."}
    assert statement(typed, "sv") == (
        "Förskolebarn ett till fem år behöver kunna röra sig på torrt golv när grupper kommer in från utevistelse "
        "i regn och snö, så att de kan leka."
    )
    english = {
        "who": "staff",
        "function": "to be able to rest",
        "situation": "at night",
        "effect": "so that they last.",
    }
    assert statement(english, "en") == "Staff need to be able to rest at night, so that they last."


def test_a_word_that_only_begins_like_the_glue_is_kept() -> None:
    assert "behöver kunna attrahera vikarier" in statement(SV | {"function": "attrahera vikarier"}, "sv")
    assert "able to tow the boat" in statement(SV | {"function": "tow the boat"}, "en")


def test_parts_are_marked_so_that_they_can_be_set_in_bold() -> None:
    kinds = [kind for kind, _ in parts(SV, "sv")]
    assert kinds == ["who", "glue", "function", "glue", "situation", "glue", "effect", "glue"]
    assert "".join(text for _, text in parts(SV, "sv")) == statement(SV, "sv")


@given(
    st.fixed_dictionaries({}, optional={k: st.text(max_size=40) for k in SV}), st.sampled_from(["sv", "en"])
)
def test_any_words_give_one_line_that_ends_in_one_full_stop(fields: dict[str, str], code: str) -> None:
    sentence = statement(fields, code)
    assert sentence.endswith(".") and not sentence.endswith("..")
    assert "\n" not in sentence
