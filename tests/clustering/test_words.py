"""Languages, stems, compounds and whole numbers."""

import numpy as np

from workshop_app.clustering import graph, likeness, words


def test_languages_are_told_apart() -> None:
    texts = [
        "Vi vet inte vem som svarar på frågorna",
        "Nobody knows who answers the questions",
        "Ingen hittar till oss",
        "We have no time for this",
        "Tidplanen",
        "Det är för dyrt",
    ]
    assert words.languages(texts) == ["sv", "en", "sv", "en", "sv", "sv"]
    assert words.languages(["Qwerty", "日本語"]) == ["", ""]
    assert words.languages([]) == []


def test_stop_words_carry_no_topic() -> None:
    assert words.topic_words("Det är inte så att VI har 3 hissar", "sv") == ["hissar"]
    assert not words.stop_words("sv") & {"bygglov", "hiss", "skola"}
    assert "the" in words.stop_words("en") and words.stop_words("fi") == frozenset()


def test_stems_meet() -> None:
    assert words.stems("kommunen", "sv") == words.stems("kommunens", "sv") == words.stems("Kommuner", "sv")
    assert words.stems("meetings", "en") == words.stems("meeting", "en")


def test_compounds_meet_their_parts() -> None:
    parts = words.compound_parts(["bygglov", "bygglovskö", "matsal", "skolmatsal", "sal"])
    assert parts == {"bygglovskö": ("bygglov",), "skolmatsal": ("matsal",)}


def test_a_vector_is_centred_by_its_language() -> None:
    """Two languages lie far apart in the model; after centring only the topic is left."""
    lot = np.random.default_rng(1)
    topic = lot.normal(size=(10, 16))
    swedish, english = topic + 40, topic - 40
    known = np.ones(20, dtype=bool)
    centred = likeness.centre(np.concatenate([swedish, english]), ["sv"] * 10 + ["en"] * 10, known)
    np.testing.assert_allclose(centred[:10], centred[10:], atol=1e-9)


def test_likeness_is_whole_symmetric_and_one_with_itself() -> None:
    texts = ["Bussen är sen", "bussarna är sena", "Maten är kall", ""]
    table = likeness.likeness(texts, words.languages(texts)).topic
    assert table.dtype == np.int32 and (table == table.T).all()
    assert (np.diag(table) == likeness.ONE).all()
    assert table[0, 1] > 3000 and table[0, 2] < 300 and table[0, 3] == 0


def test_communities_keep_what_is_tied_and_part_what_is_pinned() -> None:
    """Two triangles joined by one edge."""
    edges: graph.Edges = [
        {1: 9, 2: 9},
        {0: 9, 2: 9},
        {0: 9, 1: 9, 3: 1},
        {2: 1, 4: 9, 5: 9},
        {3: 9, 5: 9},
        {3: 9, 4: 9},
    ]
    free = graph.communities(edges, 1.0, range(6), [None] * 6)
    assert len({*free[:3]}) == len({*free[3:]}) == 1 and free[0] != free[3]
    tied = graph.communities(edges, 1.0, [0, 1, 2, 3, 4, 0], [None] * 6)
    assert tied[0] == tied[5]
    parted = graph.communities(edges, 1.0, range(6), [1, 2, None, None, None, None])
    assert parted[0] != parted[1]
