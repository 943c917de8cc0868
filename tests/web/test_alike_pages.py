"""Pages that all phones have alike are drawn once: each phone's is still what it would be, drawn by itself."""

from pathlib import Path

import pytest

from tests.finished import invited
from workshop_app import actions, formats, i18n
from workshop_app.actions import ask, session
from workshop_app.store.session_file import SessionFile
from workshop_app.web import draw
from workshop_app.web.app import PhoneApp
from workshop_app.web.values import Asker, Page

ROLE = {"role": "Drift", "organisation": "Björkby", "relation": "work_in"}


def a_room(path: Path, name: str = "needs_identification") -> SessionFile:
    return session.create(path, format_id=name, title="Ett <rum>", question="Vad hindrar?")


def arrive(file: SessionFile, app: PhoneApp, who: str) -> None:
    lobby = app.reader.format().lobby
    chosen = {f.name: f.choices[0].value if f.choices else "1" for f in lobby.fields if f.required}
    told = chosen | {k: v for k, v in ROLE.items() if k not in chosen}
    actions.do(file, ask.join, by="phone", participant=who, fields=told, language="sv", key=f"in {who}")


def whole(page: Page) -> str:
    """The page with nothing drawn beforehand."""
    assert page.alike is not None
    return draw.page(Page(page.template, page.alike.values | page.context))


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_what_is_drawn_once_is_what_each_would_have_got(tmp_path: Path, name: str) -> None:
    with a_room(tmp_path / "rum.behov", name) as file:
        invited(file)
        app, alike = PhoneApp(file), 0
        for who in ("anna", "bo"):
            arrive(file, app, who)
        for step in app.reader.format().steps:
            actions.do(file, actions.agenda.go_to, step=step.id)
            if step.makes == "card" and step.field("text"):
                for who in ("anna", "bo"):
                    fields = {f.name: f.choices[0].value for f in step.fields if f.required and f.choices}
                    fields |= {"text": f"Kort av {who} & co"}
                    values = {
                        "participant": who,
                        "fields": fields,
                        "language": "sv",
                        "key": f"{step.id} {who}",
                    }
                    actions.do(file, ask.receive, by="phone", step=step.id, **values)
            for code in ("sv", "en"):
                for who in ("", "anna", "bo"):
                    page = app.pages.current(Asker(who, i18n.language(code), app.token, query={"again": "1"}))
                    page.context["receipt"] = "K7QF" if page.template == "ask.html" else None
                    if page.alike is not None:
                        alike += 1
                        drawn = draw.page(page)
                        assert drawn == whole(page) and page.context["key"] in drawn
                        assert {"anna": "av bo", "bo": "av anna"}.get(who, "\0") not in drawn
        assert alike >= 2  # at least the join form, in both languages


def test_what_the_leader_changes_is_there_at_once(tmp_path: Path) -> None:
    with a_room(tmp_path / "rum.behov") as file:
        app = PhoneApp(file)
        arrive(file, app, "anna")
        actions.do(file, actions.agenda.go_to, step="ground")
        who = Asker("anna", i18n.language("sv"), app.token)
        assert "Vad hindrar?" in draw.page(app.pages.current(who))
        actions.do(file, session.reword_question, text="Vad tar tid?")
        page = draw.page(app.pages.current(who))
        assert "Vad tar tid?" in page and "Vad hindrar?" not in page
        nobody = Asker("", i18n.language("sv"), app.token)
        assert "Ny titel" not in draw.page(app.pages.current(nobody))
        actions.do(file, session.set_cover, title="Ny titel")
        assert "Ny titel" in draw.page(app.pages.current(nobody))


def test_more_than_usual_is_drawn_too(tmp_path: Path) -> None:
    with a_room(tmp_path / "rum.behov") as file:
        page = PhoneApp(file).pages.current(Asker("", i18n.language("sv"), "t"))
        draw.page(page)
        page.context["back_message"] = "Ingen här har den koden"
        assert "Ingen här har den koden" in draw.page(page)


def test_a_place_of_ones_own_is_drawn_by_what_the_phone_has(tmp_path: Path) -> None:
    with a_room(tmp_path / "rum.behov") as file:
        app = PhoneApp(file)
        page = app.pages.current(Asker("", i18n.language("sv"), app.token))
        assert set(page.context) <= draw.OWN_VALUES
        page.context["pass_on"] = '"><b>'
        assert 'data-pass="&#34;&gt;&lt;b&gt;"' in draw.page(page)
        with pytest.raises(KeyError):
            draw.page(Page(page.template, {"key": "k"}, page.alike))
