"""Goals out of files as people have them, and files that are something else."""

import io
import zipfile
from pathlib import Path

import pytest

from workshop_app import clustering
from workshop_app.actions import goal_file
from workshop_app.actions.goal_file import read_goals
from workshop_app.model.trouble import Refused, Trouble

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def document(xml: str, part: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part, xml)
    return out.getvalue()


def body(*paragraphs: str) -> str:
    said = "".join(f"<w:p><w:r>{words}</w:r></w:p>" for words in paragraphs)
    return f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{said}</w:body></w:document>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.txt", "• Trygga äldre\r\n\r\n- Fler bostäder\n  trygga  äldre \n"),
        (
            "plan.csv",
            "Nr;Mål;Ansvar\n1;Trygga äldre;Nämnden för vård och omsorg i hela kommunen\n2;Fler bostäder;KS\n3;Trygga Äldre;KS",
        ),
        ("plan.csv", "1,Trygga äldre\n2,Fler bostäder\n3,trygga äldre\n"),
        ("plan.csv", "Mål\tÅr\nTrygga äldre\t1\nFler bostäder\t2\ntrygga äldre\t3\n".encode("cp1252")),
        ("plan.txt", "Trygga äldre\nFler bostäder\nTrygga äldre".encode("utf-16")),
        (
            "plan.docx",
            document(
                body(
                    "<w:t>Trygga</w:t><w:tab/><w:t>äldre</w:t>",
                    "",
                    "<w:t>Fler bostäder</w:t>",
                    "<w:t>Trygga äldre</w:t>",
                )
            ),
        ),
    ],
)
def test_each_kind_of_file_gives_its_goals_once(tmp_path: Path, name: str, data: bytes | str) -> None:
    read = read_goals(written(tmp_path, name, data))
    assert read.titles == ("Trygga äldre", "Fler bostäder")
    assert (read.source, read.repeated) == ("plan", 1)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.pdf", b"%PDF-1.7", goal_file.NOT_THAT_KIND),
        ("plan.txt", b"%PDF-1.7 text", goal_file.NOT_TEXT),
        ("plan.csv", b"\x00\x01\x02", goal_file.NOT_TEXT),
        ("plan.txt", " \n\n•\n", goal_file.NOTHING),
        ("plan.docx", b"PK\x03\x04 broken", goal_file.BROKEN),
        ("plan.docx", b"not packed at all", goal_file.BROKEN),
        ("plan.docx", document(body(), "xl/workbook.xml"), goal_file.BROKEN),
        ("plan.docx", document(body("<w:t>half")[:-30]), goal_file.BROKEN),
        ("plan.docx", document('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), goal_file.BROKEN),
        ("plan.docx", document(body()).replace(b"document", b"d\xc3\xb6cument"), goal_file.BROKEN),
        ("plan.txt", "\n".join(f"Mål {n}" for n in range(400)), goal_file.TOO_MANY),
    ],
)
def test_what_is_no_list_of_goals_is_refused_with_a_sentence(
    tmp_path: Path, name: str, data: bytes | str, said: str
) -> None:
    with pytest.raises(Refused) as trouble:
        read_goals(written(tmp_path, name, data))
    assert trouble.value.message == said


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (goal_file.LARGEST_UNPACKED + 10))
    with pytest.raises(Refused) as trouble:
        read_goals(written(tmp_path, "plan.docx", out.getvalue()))
    assert trouble.value.message == goal_file.TOO_LARGE
    with pytest.raises(Refused):
        read_goals(written(tmp_path, "plan.txt", b"a" * (goal_file.LARGEST + 1)))
    with pytest.raises(Trouble):
        read_goals(tmp_path)


def test_a_text_about_goals_is_no_goal(tmp_path: Path) -> None:
    read = read_goals(written(tmp_path, "plan.txt", f"Fler bostäder\n{'ord ' * 100}\nTrygga\x07 äldre\n"))
    assert read.titles == ("Fler bostäder", "Trygga äldre") and read.passed_over == 1


def test_likeness_points_at_the_goal_that_shares_words(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["Äldre kan bo kvar hemma trots nedsatt rörlighet", "Torrt golv när barnen kommer in"]
    goals = ["Äldre kan bo kvar hemma länge", "Kommunen är klimatneutral", "Barn växer upp tryggt"]
    for without in ("0", "1"):
        monkeypatch.setenv("WORKSHOP_NO_MODEL", without)
        assert (0, 0) in clustering.matches(needs, goals)
        assert clustering.matches(needs, goals) == clustering.matches(needs, goals)
    assert clustering.matches(needs, goals[:1]) == [] and clustering.matches([], goals) == []
