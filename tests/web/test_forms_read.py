"""What a browser's form becomes: the same as Python's own reader of forms makes of it."""

from urllib.parse import parse_qsl, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_app.web import draw, forms

FORM = "application/x-www-form-urlencoded"
names = st.text(alphabet="ab@ å=&+%;\n", max_size=4)
texts = st.text(max_size=12)


def by_python(body: bytes) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True, errors="replace"):
        out.setdefault(name, []).append(value)
    return out


@given(st.lists(st.tuples(names, texts), max_size=5))
def test_what_browsers_send(pairs: list[tuple[str, str]]) -> None:
    body = "&".join(f"{quote_plus(n)}={quote_plus(v.encode('utf-8', 'replace'))}" for n, v in pairs).encode()
    assert forms.read(body, FORM) == by_python(body)


@given(st.text(alphabet="ab=&+%25C3xå;", max_size=20))
def test_what_no_browser_sends(body: str) -> None:
    assert forms.read(body.encode(), FORM) == by_python(body.encode())


def test_too_many_fields_are_not_read() -> None:
    assert len(forms.read(b"&".join([b"a=1"] * forms.MOST_FIELDS), FORM)["a"]) == forms.MOST_FIELDS
    with pytest.raises(forms.Unreadable):
        forms.read(b"&".join([b"a=1"] * (forms.MOST_FIELDS + 1)), FORM)


def test_every_page_can_be_made_ready_before_anybody_comes() -> None:
    assert {"message.html", "parts.html", "code.html"} <= set(draw.templates())
    for name in draw.templates():
        draw.prepare(name)
