"""How long the summary takes on paper: a sample workshop as it is, and the same with a thousand cards."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop_app import actions, i18n, resources
from workshop_app.report import summary as paper
from workshop_app.store import queries


@pytest.mark.parametrize("cards", [0, 1_000])
def test_the_summary_on_paper(cards: int, tmp_path: Path, told: Callable[..., None]) -> None:
    file = actions.transfer.import_json(resources.sample_files()[0], tmp_path / "sample.behov")
    try:
        have = queries.balance(file).received
        if cards > have:
            actions.do(file, actions.agenda.go_to, step="challenges")
        for number in range(have, cards):
            fields = {
                "text": f"Kort {number}: ingen vet vem som äger frågan, och ingen svarar när man ringer."
            }
            actions.do(
                file,
                actions.ask.receive,
                by="phone",
                step="challenges",
                key=f"bench-{number}",
                participant=None,
                language="sv",
                fields=fields,
            )
        value = queries.summary(file)
        began = time.perf_counter()
        printed = paper.made(value, i18n.language("sv"))
        took = time.perf_counter() - began
    finally:
        file.close()
    told(f"summary of {max(have, cards):,} cards, {len(printed.data) / 1e6:.1f} MB on paper", took)
