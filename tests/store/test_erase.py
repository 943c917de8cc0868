"""Erasing: not a byte of what was answered is left, the receipt says so, and what is in use is left alone."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions import erase
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

CANARY = "kanariefågeln sjunger i källaren"
WORD = CANARY.encode()


@pytest.fixture
def held(file: SessionFile, send: Callable[..., Any]) -> Path:
    """A workshop where the canary is a card, a heap's title, a wish, a need's words and version, and in backups."""
    who = "person"
    fields = {"role": "Drift", "organisation": "Ekmåla", "relation": "work_in"}
    actions.do(file, actions.ask.join, by="phone", participant=who, fields=fields, language="sv", key="j")
    cards = [send(f"{CANARY} {n}", participant=who).card for n in range(200)]
    file.backup("step")
    actions.do(file, actions.group.new_heap, title=f"{CANARY} 1", cards=cards[:3])
    need = actions.do(file, actions.need.new_need, title="Tyst källare", cards=cards[:2], wish=f"{CANARY} 0")
    actions.do(file, actions.need.set_fields, need=need, situation=f"när {CANARY} 0 hörs", owner="Drift")
    actions.do(file, actions.need.split_need, need=need)
    actions.do(file, actions.group.park, cards=cards[5:6], reason="sen")
    for n in range(3):
        actions.do(file, actions.rate.hand_votes, need=need, criterion="risk", votes={str(n + 2): 2})
    file.close()
    return file.path


def bytes_of(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_not_a_byte_of_the_answers_is_left(held: Path, tmp_path: Path, own_home: Path) -> None:
    assert WORD in bytes_of(tmp_path) and WORD in bytes_of(held.with_name("x.backups"))
    receipt = erase.erase_file(held, "Gallringsbeslut 2026:4")
    assert WORD not in bytes_of(tmp_path) + bytes_of(own_home)
    assert receipt.counts["card"] == 200 and receipt.counts["participant"] == 1
    assert {p.name for p in tmp_path.iterdir() if p.name.startswith("x")} == {"x.behov"}
    assert check.findings(held) == []
    with SessionFile.read(held) as file:
        need = queries.needs(file)[0]
        assert (need.title, need.fields["owner"], need.evidence) == ("Tyst källare", "Drift", ())
        assert "█████" in need.fields["situation"] and need.fields["wish"] == ""
        assert queries.ratings(file)[need.id].spreads["risk"].median == 3
        kept = queries.erased(file)[0]
        assert (kept.basis, dict(kept.counts)) == ("Gallringsbeslut 2026:4", receipt.counts)
        assert queries.balance(file).received == 0


def test_an_erased_file_opens_and_goes_on(held: Path) -> None:
    erase.erase_file(held, "Plan")
    with SessionFile.open(held) as file:
        actions.do(file, actions.ask.type_card, text="Nytt kort")
        assert queries.balance(file).received == 1
    assert check.findings(held) == []


def test_the_whole_file_goes_and_a_receipt_stays(held: Path, tmp_path: Path) -> None:
    paper = held.with_name("x-kort.pdf")
    paper.write_bytes(b"%PDF")
    receipt = erase.erase_file(held, "Plan", whole=True)
    assert not held.exists() and receipt.left == (paper,)
    told = erase.receipt_path(held).read_text(encoding="utf-8")
    assert "Plan" in told and '"card": 200' in told
    assert WORD not in bytes_of(tmp_path)


def test_nothing_is_erased_while_it_is_open_or_without_a_basis(held: Path) -> None:
    before = held.read_bytes()
    with pytest.raises(Refused):
        erase.erase_file(held, "  ")
    with SessionFile.open(held), pytest.raises(Refused):
        erase.erase_file(held, "Plan")
    reader = sqlite3.connect(held)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM card").fetchone()
    with pytest.raises(Refused):
        erase.erase_file(held, "Plan")
    reader.close()
    with SessionFile.read(held) as file:
        assert queries.balance(file).received == 200
    assert len(before) == held.stat().st_size


def test_only_workshops_are_erased(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Ett brev som inte är en verkstad", encoding="utf-8")
    for whole in (False, True):
        with pytest.raises(actions.erase.DamagedFile):
            erase.erase_file(other, "Plan", whole=whole)
    assert other.exists()
