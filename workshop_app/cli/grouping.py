"""`workshop cluster` and `workshop deal`: groups for texts, by the model or by people who sort them."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from workshop_app import clustering
from workshop_app.cli import text_files
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option
from workshop_app.clustering import sorting

sorts_option = click.option(
    "--sorts", type=click.Path(path_type=Path), metavar="SORTS.json", help="What people have sorted so far."
)


@cli.command("cluster")
@click.argument("file", metavar="FILE|TEXTS.csv", type=click.Path(path_type=Path))
@click.option("--groups", type=click.IntRange(1), metavar="K", help="Exactly this many groups.")
@click.option(
    "--fineness", type=click.FloatRange(0, 1), metavar="X", help="0 few groups, 1 many; 0.5 by default."
)
@click.option(
    "--pins", type=click.Path(path_type=Path), metavar="PINS.json", help="[[row, group], ...] that hold."
)
@sorts_option
@json_option
def cluster_command(
    file: Path,
    groups: int | None,
    fineness: float | None,
    pins: Path | None,
    sorts: Path | None,
    as_json: bool,
) -> None:
    """Groups the cards of a session, or the column `text` of a CSV file."""
    began = time.perf_counter()
    texts = text_files.texts_of(file)
    held = text_files.pins(pins, len(texts)) if pins else []
    done = text_files.sorts(sorts, len(texts)) if sorts else None
    vectors = text_files.vectors_of(file, texts)
    found: sorting.Combined | clustering.Grouping
    if done is not None:
        found = sorting.combine(texts, done, vectors=vectors, pins=held, groups=groups, fineness=fineness)
        named = sorting.name_groups(texts, found.labels, vectors, quote=True)
        more, engine = _themes(texts, vectors, found), "lexical" if vectors is None else "semantic"
    else:
        found = clustering.group(
            texts,
            vectors,
            ids=[f"{row:09d}" for row in range(len(texts))],
            groups=groups,
            fineness=fineness,
            pins=held,
        )
        named, more, engine = found.groups, {}, found.engine
    if as_json:
        print_json(
            {
                "labels": [int(label) for label in found.labels],
                "groups": [_group(one) for one in named],
                **more,
                "engine": engine,
                "seconds": round(time.perf_counter() - began, 3),
            }
        )
        return
    for one in named:
        _show(f"{one.id}  {one.title}  ({len(one.rows)})", one.rows, texts)
    left = [row for row, label in enumerate(found.labels) if label == clustering.LEFT]
    if left:
        _show(f"left to sort  ({len(left)})", left, texts)


@cli.command("deal")
@click.argument("file", metavar="FILE|TEXTS.csv", type=click.Path(path_type=Path))
@click.option("--people", type=click.IntRange(1, 1000), required=True, metavar="P", help="Called p1 to pP.")
@click.option("--cards", type=click.IntRange(1, 1000), required=True, metavar="M", help="Dealt to each.")
@sorts_option
@json_option
def deal_command(file: Path, people: int, cards: int, sorts: Path | None, as_json: bool) -> None:
    """Deals the cards of a session, or the texts of a CSV file, to people who sort them."""
    texts = text_files.texts_of(file)
    done = text_files.sorts(sorts, len(texts)) if sorts else []
    vectors = text_files.vectors_of(file, texts)
    names = [f"p{number}" for number in range(1, people + 1)]
    dealt = sorting.deal(texts, names, cards, done, vectors=vectors)
    if as_json:
        print_json(
            {
                "hands": dealt.hands,
                "heaps": [{"id": heap.id, "rows": heap.rows} for heap in dealt.heaps],
                "likely": {str(row): heaps for row, heaps in dealt.likely.items()},
            }
        )
        return
    for name, hand in zip(names, dealt.hands, strict=True):
        _show(name, hand, texts)


def _group(one: clustering.Group) -> dict[str, Any]:
    return {
        "id": int(one.id),
        "title": one.title,
        "keywords": list(one.keywords),
        "medoid": int(one.medoid),
        "size": len(one.rows),
    }


def _themes(texts: Sequence[str], vectors: Any, found: sorting.Combined) -> dict[str, Any]:
    """What only people who sort can give: themes that hold the groups, and how sure and agreed each row is."""
    theme_of = {heap: theme for theme, heaps in enumerate(found.themes) for heap in heaps}
    of_row = [theme_of.get(label, clustering.LEFT) for label in found.labels]
    titles = {one.id: one.title for one in sorting.name_groups(texts, of_row, vectors)}
    return {
        "themes": [
            {"id": theme, "title": titles[theme], "groups": heaps} for theme, heaps in enumerate(found.themes)
        ],
        "confidence": found.confidence,
        "agreement": found.agreement,
        "unclear": found.unclear,
    }


def _show(head: str, rows: Iterable[int], texts: Sequence[str]) -> None:
    click.echo(head)
    for row in rows:
        click.echo(f"    {row}  {' '.join(texts[row].split())}")
