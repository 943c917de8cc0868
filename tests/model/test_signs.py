"""How long a text is as people count."""

import pytest

from workshop_app.model import signs


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("hej", 3),
        ("åäö", 3),
        ("a\u030aa\u0308o\u0308", 3),
        ("👍🏿", 1),
        ("👩\u200d👩\u200d👧\u200d👦", 1),
        ("🏳\ufe0f\u200d🌈", 1),
        ("🇸🇪🇫🇮", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1),
        ("rad\nrad", 7),
    ],
)
def test_what_looks_like_one_sign_is_one(text: str, seen: int) -> None:
    assert signs.count(text) == seen
    assert signs.over(f"  {text}\n", seen) <= 0
    assert signs.over(text + "xx", seen) == 2


def test_no_text_is_endless_however_little_it_looks() -> None:
    assert signs.count("a" + "\u0308" * 500) == 1
    assert signs.over("a" + "\u0308" * 500, 280) <= 0
    assert signs.over("\u0308" * 2241, 280) == 1
