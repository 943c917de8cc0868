"""The dialogue from the command line: its hard rules refuse with a sentence, and nothing open holds a canary."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from workshop_app import resources

SAMPLE = next(p for p in resources.sample_files() if p.stem == "ostergotland_hemmonitorering")
CANARY = "KANARIE"


@pytest.fixture
def go(workshop: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """One `workshop dialogue` command on a file with three suppliers and an agenda of 20 minutes."""
    file = tmp_path / "d.behov"
    assert workshop("new", file, "--format", "one_to_one", "--title", "D").code == 0
    return lambda *args: workshop("dialogue", file, *args)


def test_each_hard_rule_is_refused_with_a_sentence(go: Callable[..., Any], tmp_path: Path) -> None:
    def fine(*args: Any) -> str:
        done = go(*args)
        assert done.code == 0, done.err
        return str(done.out.strip())

    def refused(*args: Any) -> str:
        before = fine("show", "--json")
        done = go(*args)
        assert (done.code, done.out) == (1, "")
        assert done.err.strip().endswith(".")
        assert len(done.err.splitlines()) == 1
        assert fine("show", "--json") == before, "nothing is lost and nothing changed"
        return str(done.err)

    a, b = (fine("register", "--name", n, "--type", "small") for n in ("Alfa AB", "Beta"))
    refused("register", "--name", "alfa ab", "--type", "small")
    refused("slot", a, "2026-03-10T09:00")
    refused("agenda", "--item", "Villkor")
    fine("agenda", "--item", "Villkor=5", "--item", "Behovet=15")
    refused("slot", a, "2026-03-10T09:00", "--minutes", 45)
    refused("slot", a, "i morgon")
    slot = fine("slot", a, "2026-03-10T09:00")
    assert "syfte" in refused("start-slot", slot)
    fine("terms", "--purpose", "Lära", "--needs-version", 1)
    assert "inbjudan" in refused("start-slot", slot)
    refused("invite", "--invited-on", "igår")
    fine("invite", "--invited-on", "2026-03-01")
    material = tmp_path / "bilder.pdf"
    material.write_bytes(b"bilder")
    fine("material", material)
    fine("start-slot", slot)
    assert "låst" in refused("agenda", "--item", "Annat=20")
    assert "låst" in refused("material", material)
    refused("terms", "--needs-version", 2)
    refused("slot", b, "2026-03-10T10:00")
    refused("final")
    assert "4 minuter" in refused("end-slot", slot, "--actual-seconds", 1440)
    fine("end-slot", slot, "--actual-seconds", 1440, "--deviation", "Larm", "--offer", "Fyra minuter")
    fine("note", slot, 1, "--open", "Går bra", "--new-information", "Start i maj")
    fine("confirm", slot)
    refused("note", slot, 1, "--open", "Annat")
    refused("final")
    entry = fine("ask", "Hur många?", "--raised-in", "one_to_one")
    refused("publish", entry)
    fine("answer", entry, "200, sade Alfa", "--by-role", "Upphandlare")
    assert "Alfa" in refused("publish", entry)
    fine("answer", entry, "200", "--by-role", "Upphandlare")
    assert fine("publish", 1, entry) == "2"
    for args in (("answer", entry, "300", "--by-role", "X"), ("reword", entry, "--question", "Annat?")):
        assert "publicerat" in refused(*args)
    fine("final")
    refused("ask", "Mer?", "--raised-in", "phone")
    told = json.loads(fine("show", "--json"))
    assert [x["kind"] for x in told["asymmetries"]] == ["minutes", "no_slot"]
    assert "Alfa" not in fine("show", "--edition", "open", "--json")


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a canary in every company name, and one in each secret, judgement, note and question of ours."""
    from workshop_app import actions
    from workshop_app.actions import dialogue, meeting, question_list
    from workshop_app.store import queries

    folder = tmp_path_factory.mktemp("canaries")
    text = SAMPLE.read_text(encoding="utf-8").replace("Leverantör ", f"{CANARY}bolag ")
    data = json.loads(text)
    data["challenges"][0]["text"] += f" som {CANARY}bolag A sade"
    data["qa_log"] = [
        q | {"asker": f"{CANARY} frågade", "question": f"{q['question']} {CANARY}bolag B?"}
        for q in data["qa_log"]
    ]
    (folder / "in.json").write_text(json.dumps(data), encoding="utf-8")
    with actions.transfer.import_json(folder / "in.json", folder / "c.behov") as file:

        def do(verb: Any, **kwargs: Any) -> Any:
            return actions.do(file, verb, **kwargs)

        do(dialogue.add_buyer, role=f"{CANARY} roll", interests=f"{CANARY} jäv")
        do(dialogue.judge, supplier=1, text=f"{CANARY} dom", score=2, by_role=f"{CANARY} jurist")
        item = queries.dialogue(file).agenda[0].id
        words = {
            "secret": f"{CANARY} hemlighet",
            "internal": f"{CANARY} internt",
            "correction": f"{CANARY} rättelse",
        }
        do(meeting.note, slot=1, item=item, open=f"Öppet av {CANARY}bolag A", **words)
        waiting = do(question_list.ask, question=f"{CANARY} väntar", raised_in="one_to_one", secret_part=True)
        do(question_list.reply, entry=waiting, answer=f"{CANARY} svar", by_role=f"{CANARY} roll")
    return folder / "c.behov"


def words_of(path: Path) -> str:
    """Everything readable on a paper."""
    pdf = pypdfium2.PdfDocument(path)
    return str(pdf.get_metadata_dict()) + "".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_a_record_goes_to_one_and_the_annex_to_nobody(
    workshop: Callable[..., Any], canaries: Path, tmp_path: Path
) -> None:
    out = tmp_path / "o.pdf"
    assert workshop("print", canaries, "-o", out, "--what", "record").code == 1
    assert workshop("print", canaries, "-o", out, "--what", "record", "--supplier", 99).code == 1
    assert workshop("print", canaries, "-o", out, "--what", "record", "--supplier", 1).code == 0
    own = words_of(out)
    assert f"{CANARY} hemlighet" in own
    assert f"{CANARY}bolag A" in own
    for never in ("internt", "dom", "jäv", "väntar"):
        assert f"{CANARY} {never}" not in own
    assert workshop("print", canaries, "-o", out, "--what", "record", "--supplier", 2).code == 0
    other = words_of(out)
    assert f"{CANARY}bolag A" not in other
    assert "hemlighet" not in other
    for what in ("annex", "grid"):
        assert workshop("print", canaries, "-o", out, "--what", what).code == 0
        assert f"{CANARY} internt" in words_of(out)
