"""Formats as files: written as they are read, found on their lines, and refused whole when they are hostile."""

import shutil
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_formats import SMALL
from workshop_app import actions, formats, resources
from workshop_app.actions import format_file, transfer
from workshop_app.formats import Choice, Field, Format, Item, Step, Words, changes
from workshop_app.formats.places import lines_of
from workshop_app.formats.reading import LARGEST, read_data
from workshop_app.i18n import language
from workshop_app.model import rating
from workshop_app.model.trouble import BadFormat, DamagedFile, Refused, RoomTrouble
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

OWN = SMALL.replace('id = "small"', 'id = "our_own"')

# Writing ------------------------------------------------------------------------

SIGNS = "aåÖ \"\\'\n\t#[]{}=.,“–\U0001f600\u00a0"
texts = st.text(SIGNS, max_size=12).map("a{}b".format)
words = st.builds(Words, texts, texts)
maybe = st.one_of(st.just(Words()), words)
names = st.text("abz_09", max_size=6).map("n{}".format)
scales = dict.fromkeys(("hint", "low", "middle", "high"), maybe)
choices = st.lists(st.builds(Choice, names, words), min_size=1, max_size=3, unique_by=lambda c: c.value).map(
    tuple
)
items = st.lists(st.builds(Item, names, words, **scales), max_size=3, unique_by=lambda i: i.value).map(tuple)
typed = st.builds(
    Field,
    name=names.map("f_{}".format),
    type=st.sampled_from(["text", "area"]),
    limit=st.integers(1, 400),
    required=st.booleans(),
    label=words,
    shown_if=st.sampled_from(formats.SHOWN_IF),
    apart=st.booleans(),
    short=maybe,
    **scales,
)
chosen = st.builds(
    Field, name=names.map("f_{}".format), type=st.sampled_from(["one", "many"]), choices=choices, label=words
)
fields = st.lists(st.one_of(typed, chosen), min_size=1, max_size=3, unique_by=lambda f: f.name).map(tuple)


@st.composite
def whole_formats(draw: st.DrawFn) -> Format:
    own_join = draw(st.booleans())
    base = formats.formats()["needs_identification"]
    join = draw(fields) if own_join else base.join
    lists = draw(st.dictionaries(names.map("l_{}".format), items, max_size=2))
    steps = []
    for number in range(draw(st.integers(1, 4))):
        kind = "lobby" if number == 0 else draw(st.sampled_from(["ask", "pause", "questions", "close"]))
        own = draw(fields)
        if kind == "lobby":
            asked = {f.name for f in join}
            own = (*join, *(f for f in own if f.name not in asked))
        steps.append(
            Step(
                id=f"s_{number}",
                kind=kind,
                minutes=draw(st.integers(0, 60)),
                title=draw(words),
                prompt=draw(maybe) if kind == "pause" else draw(words),
                fields=own,
                facilitator=draw(words),
                many=draw(st.booleans()),
                phone=draw(st.sampled_from(["form", "wait", "info"])),
                projector=draw(st.sampled_from(formats.PROJECTOR)),
                projector_text=draw(maybe),
                outcome=draw(words),
                items=draw(st.sampled_from(["", *lists])),
                shuffled=draw(st.booleans()),
                keeps=draw(st.integers(0, 5)),
                part=draw(st.integers(1, 2)),
            )
        )
    return Format(
        id="o_" + draw(names),
        version=draw(st.integers(1, 9)),
        name=draw(words),
        purpose=draw(words),
        who=draw(words),
        people=(2, draw(st.integers(2, 40))),
        minutes=sum(s.minutes for s in steps),
        steps=tuple(steps),
        three_rules=draw(
            st.one_of(st.just(base.three_rules), st.lists(words, min_size=1, max_size=3).map(tuple))
        ),
        join=join,
        join_intro=draw(words) if own_join else base.join_intro,
        roles=draw(choices),
        order=draw(st.integers(0, 900)),
        result=draw(st.sampled_from(formats.RESULTS)),
        audience=draw(st.sampled_from(formats.AUDIENCES)),
        lists=lists,
    )


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(whole_formats())
def test_what_is_written_is_read_as_the_same_format(one: Format) -> None:
    assert formats.load(formats.write(one), "x.toml") == one


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_the_editor_does_is_kept_as_it_stands(data: st.DataObject) -> None:
    now = changes.copy_of(data.draw(st.sampled_from(list(formats.formats().values()))), ["x"])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(now["step"]) - 1))
        step, kind = now["step"][at], data.draw(st.sampled_from(formats.KINDS))
        now = data.draw(
            st.sampled_from(
                [
                    lambda d, n=at: changes.copy_step(d, n),
                    lambda d, n=at, k=kind: changes.with_step(d, n, k),
                    lambda d, n=at, k=kind, s=step: changes.put(d, ("step", n), changes.of_kind(s, k)),
                    lambda d, n=at, s=step: changes.put(d, ("step", n), changes.of_cards(s, "card")),
                    lambda d, n=at: changes.move(d, ("step", n), 1),
                    lambda d, n=at: changes.insert(d, ("step", n, "field", 0), changes.new_field([])),
                    changes.own_join,
                ]
            )
        )(now)
    meant = read_data(now).format
    text = formats.write(meant)
    assert read_data(tomllib.loads(text)).format == meant
    ids = [s["id"] for s in now["step"]]
    assert len(set(ids)) == len(ids), "a new step has an id of its own"


def test_every_format_that_ships_is_written_as_it_is_read() -> None:
    for one in formats.formats().values():
        assert formats.load(formats.write(one), "x.toml") == one
        assert read_data(formats.as_data(one)).faults == ()


def parts(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    rows = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in rows:
        yield (*place, key)
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield from parts(value, (*place, key))


def test_every_part_of_a_file_is_found_on_its_line() -> None:
    for file in sorted(resources.path("formats").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        lines, rows = lines_of(text), text.split("\n")
        assert set(lines) == set(parts(tomllib.loads(text)))
        for place, line in lines.items():
            named = place[-1] if isinstance(place[-1], str) else "["
            assert named in rows[line - 1] or "{" in rows[line - 1], (file.name, place)


# Hostile files --------------------------------------------------------------------

HOSTILE = {
    "huge": ("x = 1\n" + "# " + "x" * LARGEST, 0, "100000"),
    "deep arrays": ("id = 1\na = " + "[" * 5000, 2, "djupt"),
    "deep tables": ("a = " + "{b=" * 5000, 1, "djupt"),
    "a key without end": ("\n\n" + "a." * 20000 + "a = 1", 3, "djupt"),
    "a header without end": ("[" + " a ." * 20000 + "a]", 1, "djupt"),
    "a number without end": ("id = " + "9" * 60000, 1, "rad"),
    "not TOML": ("PK\x03\x04", 1, "rad 1"),
    "a bell": (OWN.replace('sv = "Berätta"', 'sv = "Ber\\u0007tta"'), 22, "tecken som inte går att visa"),
    "a text turned round": (OWN.replace('sv = "Berätta"', 'sv = "Ber\\u202etta"'), 22, "tecken som inte går att visa"),
    "an endless title": (OWN.replace("Berätta", "Å" * 5000), 22, "5000 tecken"),
    "a wild limit": (OWN.replace("limit = 280", "limit = 900000"), 30, "högst 2000"),
    "a thousand steps": (OWN + '\n[[step]]\nid = "x"\n' * 1000, 153, "1002"),
    "a name of the program": (OWN.replace('name = "often"', 'name = "key"'), 34, "”key”"),
    "a page of the desk": (OWN.replace('id = "tell"', 'id = "summary"'), 19, "”summary”"),
    "an unknown source": (OWN.replace('type = "one"', 'type = "one"\nsource = "passwords"'), 36, "passwords"),
    "an unknown result of an answer": (OWN.replace('kind = "ask"', 'kind = "ask"\nmakes = "code"'), 21, "code"),
    "cards of nothing": (
        OWN.replace('kind = "ask"', 'kind = "ask"\nmakes = "card"').replace('name = "text"', 'name = "word"'),
        28,
        "”text”",
    ),
    "a shipped id": (OWN.replace("our_own", "maturity"), 0, "följer med programmet"),
    "a former id": ('also_known_as = ["supplier_dialogue"]\n' + OWN, 0, "följer med programmet"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_line_and_a_sentence(case: str, tmp_path: Path) -> None:
    text, line, said = HOSTILE[case]
    file = tmp_path / "sent.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFormat) as caught:
        format_file.add(file)
    sentence = caught.value.say(language("sv"))
    assert sentence.startswith("sent.toml") and sentence.endswith(".") and said in sentence
    assert not line or f"rad {line}" in sentence
    assert len(sentence) < 400
    assert formats.own().formats == {} and "{" not in sentence


def test_a_file_that_is_no_text_says_on_which_line(tmp_path: Path) -> None:
    file = tmp_path / "sent.toml"
    file.write_bytes(OWN.encode("utf-16"))
    with pytest.raises(BadFormat, match="UTF-8"):
        format_file.add(file)
    file.write_bytes(b"# a\n# b\nid = \xff")
    with pytest.raises(BadFormat, match="line 3"):
        format_file.add(file)
    file.write_bytes(b"#" * (5 * LARGEST))
    with pytest.raises(BadFormat, match="larger than"):
        format_file.add(file)
    with pytest.raises(Refused, match="no file"):
        format_file.add(tmp_path / "nowhere.toml")
    with pytest.raises(RoomTrouble):
        format_file.add(tmp_path)


def test_the_scales_of_a_rating_are_those_that_are_counted() -> None:
    assert formats.SCALES == rating.CRITERIA
    data = formats.as_data(formats.formats()["needs_identification"])
    number = [s["kind"] for s in data["step"]].index("rate")
    named = changes.put(data, ("step", number, "field", 0, "name"), "beauty")
    (fault,) = read_data(named).faults
    assert fault.place == ("step", number, "field", 0) and "beauty" in fault.values.values()


# One's own ------------------------------------------------------------------------


def sent(tmp_path: Path, text: str = OWN, name: str = "mail.toml") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_format_that_was_mailed_is_there_and_can_be_mailed_on(tmp_path: Path) -> None:
    one = format_file.add(sent(tmp_path, "\ufeff" + OWN.replace("\n", "\r\n")))
    assert formats.known()["our_own"] == one and "our_own" not in formats.formats()
    format_file.send("our_own", tmp_path / "on.toml")
    assert format_file.add(tmp_path / "on.toml") == one
    changed = OWN.replace('sv = "Litet"', 'sv = "Annat"')
    with pytest.raises(Refused, match="our_own"):
        format_file.add(sent(tmp_path, changed))
    format_file.add(sent(tmp_path, "version = 2\n" + changed))
    assert formats.known()["our_own"].name.sv == "Annat"
    assert len(list(formats.own().files.values())) == 1


def test_a_broken_file_in_the_folder_hides_no_other_and_is_never_written_over(own_home: Path) -> None:
    folder = own_home / "formats"
    folder.mkdir()
    (folder / "our_own.toml").write_text("id = ", encoding="utf-8")
    (folder / "small.toml").write_text(SMALL, encoding="utf-8")
    assert list(formats.own().formats) == ["small"]
    (trouble,) = formats.own().troubles
    assert "our_own.toml" in str(trouble) and "line 1" in str(trouble)
    format_file.save(tomllib.loads(OWN))
    assert (folder / "our_own.toml").read_text(encoding="utf-8") == "id = "
    assert set(formats.own().formats) == {"small", "our_own"}


def test_saving_again_is_a_new_version_and_a_new_id_a_new_name_for_the_file() -> None:
    data = tomllib.loads(OWN)
    assert format_file.save(data).version == 1
    assert format_file.save(data, was="our_own").version == 1
    data["name"]["sv"] = "Bättre"
    assert format_file.save(data, was="our_own").version == 2
    with pytest.raises(Refused):
        format_file.save(data)
    data["id"] = "renamed"
    assert format_file.save(data, was="our_own").id == "renamed"
    assert list(formats.own().formats) == ["renamed"]
    data["minutes"] = 99
    with pytest.raises(BadFormat, match="99"):
        format_file.save(data, was="renamed")
    assert formats.own().formats["renamed"].minutes == 15


def test_a_draft_is_kept_unfinished_and_what_is_taken_away_becomes_one(
    tmp_path: Path, own_home: Path
) -> None:
    format_file.add(sent(tmp_path))
    format_file.take_away("our_own")
    assert formats.own().formats == {}
    draft = changes.put(format_file.drafts()["our_own"], ("step", 1, "title"), {"sv": "", "en": "Tell"})
    format_file.keep("our_own", draft)
    (own_home / "formats" / "drafts" / "broken.toml").write_text("id = ", encoding="utf-8")
    (again,) = format_file.drafts().values()
    assert [f.place for f in read_data(again).faults] == [("step", 1, "title", "sv")]
    format_file.drop("our_own")
    assert format_file.drafts() == {}
    with pytest.raises(Refused):
        format_file.take_away("our_own")


def test_a_full_disk_is_told_and_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    format_file.save(tomllib.loads(OWN))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(RoomTrouble, match="No space"):
            format_file.save({**tomllib.loads(OWN), "order": 3}, was="our_own")
    assert formats.own().formats["our_own"].order == 100


# A session carries its format ---------------------------------------------------------


def test_a_session_opens_where_its_format_was_never_heard_of(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = format_file.add(sent(tmp_path))
    with actions.session.create(tmp_path / "a.behov", format_id="our_own", title="Hej") as file:
        assert queries.format_of(file) == one
        transfer.write_json(transfer.whole(file), tmp_path / "whole.json")
        transfer.write_json(transfer.open_edition(file), tmp_path / "open.json")
    monkeypatch.setenv("WORKSHOP_HOME", str(tmp_path_factory.mktemp("elsewhere")))
    with SessionFile.open(tmp_path / "a.behov") as there:
        assert queries.format_of(there) == one
        actions.do(there, actions.agenda.next_step)
        actions.do(there, actions.ask.receive, by="phone", step="tell", key="k" * 32, participant=None,
                   fields={"text": "Trångt"}, language="sv")  # fmt: skip
    for name in ("whole", "open"):
        with transfer.import_json(tmp_path / f"{name}.json", tmp_path / f"{name}.behov") as back:
            assert queries.format_of(back) == one
    with pytest.raises(Refused, match="our_own"):
        actions.session.create(tmp_path / "b.behov", format_id="our_own", title="Hej")
    assert not (tmp_path / "b.behov").exists()


def test_a_session_with_a_format_that_ships_carries_no_text(tmp_path: Path) -> None:
    with actions.session.create(tmp_path / "a.behov", format_id="maturity", title="Hej") as file:
        assert queries.session(file).format_toml == ""


@pytest.mark.parametrize("text", ["id = ", OWN.replace("limit = 280\n", ""), "a." * 20000])
def test_a_session_whose_format_was_spoilt_is_damaged_not_run(tmp_path: Path, text: str) -> None:
    format_file.add(sent(tmp_path))
    with actions.session.create(tmp_path / "a.behov", format_id="our_own", title="Hej") as file:
        whole = transfer.whole(file)
    whole["tables"]["session"][0]["format_toml"] = text
    transfer.write_json(whole, tmp_path / "whole.json")
    with pytest.raises((Refused, DamagedFile)):
        transfer.import_json(tmp_path / "whole.json", tmp_path / "b.behov")
    assert not (tmp_path / "b.behov").exists()


def test_a_file_whose_steps_are_not_those_of_its_format_is_found_damaged(tmp_path: Path) -> None:
    format_file.add(sent(tmp_path))
    path = tmp_path / "a.behov"
    actions.session.create(path, format_id="our_own", title="Hej").close()
    assert [f for f in check.findings(path) if f.fatal] == []
    for change, said in (
        (
            "UPDATE session SET format_toml = replace(format_toml, '[[step]]', '[[stop]]')",
            "session.format_toml",
        ),
        ("UPDATE session SET format_toml = '', format_id = 'unheard_of'", "session.format_id"),
        ("UPDATE session SET format_toml = '', format_id = 'maturity'", "step tell"),
    ):
        copy = tmp_path / "copy.behov"
        shutil.copy(path, copy)
        with closing(sqlite3.connect(copy)) as conn:
            conn.execute(change)
            conn.commit()
        assert any(said in f.say(language("en")) for f in check.findings(copy)), said


def test_two_wordings_of_one_format_are_not_joined(tmp_path: Path) -> None:
    data = tomllib.loads(OWN)
    for name, title in (("a", "Berätta"), ("b", "Säg")):
        data["step"][1]["title"]["sv"] = title
        format_file.save(data, was="our_own")
        actions.session.create(tmp_path / f"{name}.behov", format_id="our_own", title=name).close()
    with pytest.raises(Refused, match="different versions"):
        actions.merge.merge([tmp_path / "a.behov", tmp_path / "b.behov"], tmp_path / "c.behov")
    assert check.findings(tmp_path / "a.behov") == []
