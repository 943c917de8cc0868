"""The same Document as Markdown, readable as it stands and in a diff."""

import re

from workshop_app.i18n import Language
from workshop_app.model.summary import Summary
from workshop_app.report import content, fonts
from workshop_app.report.document import (
    Block,
    CardEntry,
    CardList,
    Cell,
    Columns,
    Contents,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    Listing,
    Para,
    Quote,
    Sentence,
    Sheet,
    Table,
    Text,
    Thread,
)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|[-=])", re.MULTILINE)


def text(summary: Summary, lang: Language) -> str:
    """The summary as Markdown; whatever people typed is escaped and shows as typed."""
    return render(content.document(summary, lang))


def render(document: Document) -> str:
    """A Document as Markdown."""
    parts = _cover(document.cover) if document.cover else [f"# {escaped(document.title)}"]
    for section in document.sections:
        if section.group:
            parts.append(f"## {escaped(section.group)}")
        for block in section.blocks:
            parts += _block(block, 2 if section.grouped else 1)
    parts.append(escaped(" · ".join(x for x in (document.foot_facts, document.foot_right) if x)))
    return "\n\n".join(p for p in parts if p) + "\n"


def escaped(words: str) -> str:
    """Text with every sign that Markdown or HTML would read escaped; line breaks stay as hard ones."""
    out = _SIGNS.sub(r"\\\1", fonts.clean(words)).replace("&", "amp").replace("\\amp", "&amp;")
    out = _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", out)
    return out.replace("\n", "  \n")


def _cover(cover: Cover) -> list[str]:
    counts = ", ".join(f"{n} {label}" for n, label in cover.counts)
    return [
        f"# {escaped(cover.title)}",
        escaped(" · ".join((cover.format_name, cover.when_where, *cover.marks))),
        f"**{escaped(cover.question_label)}:** {escaped(cover.question)}",
        escaped(counts),
        *(f"**{escaped(f.label)}:** {_words(f.text)}" for f in cover.facts),
        escaped(cover.foot),
    ]


def _block(block: Block, deeper: int) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * min(block.level + deeper, 6)} {_one_line(escaped(block.text))}"]
        case Para() | Sentence():
            return [_words(block.text)]
        case Quote():
            return [f"> ”{escaped(block.text)}”".replace("\n", "\n> "), escaped(block.caption)]
        case Facts():
            return [f"**{escaped(f.label)}:** {_words(f.text)}" for f in block.facts]
        case Listing():
            return ["\n".join(f"- {_words(p)}".replace("\n", "\n  ") for p in block.points)]
        case Figure():
            return [s for one in block.instead for s in _block(one, deeper)] or [escaped(block.alt)]
        case Table():
            return [_table(block)]
        case CardList():
            return [s for card in block.cards for s in _card(card)]
        case Columns():
            return [s for one in (*block.left, *block.right) for s in _block(one, deeper)]
        case Thread():
            return [s for rung in block.rungs for one in rung.blocks for s in _block(one, deeper)]
        case Sheet():
            boxes = [box for row in block.rows for box in row]
            deep = "#" * min(3 + deeper - 1, 6)
            return [s for b in boxes for s in (f"{deep} {escaped(b.title)}", *map(_words, b.texts))]
        case Contents():
            return []


def _words(words: Text) -> str:
    out = ""
    for run in words:
        piece = escaped(run.text)
        bare = piece.strip()
        if run.bold and bare:
            start = piece.index(bare)
            piece = f"{piece[:start]}**{bare}**{piece[start + len(bare) :]}"
        out += piece
    return out


def _table(block: Table) -> str:
    lines = ["| " + " | ".join(escaped(h) for h in block.head) + " |", "|" + " --- |" * len(block.head)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in block.rows]
    return "\n".join(lines)


def _cell(cell: Cell) -> str:
    number = f"{cell.number}\\. " if cell.number else ""
    note = f" ({escaped(cell.note)})" if cell.note else ""
    return _one_line(number + _words(cell.text) + note)


def _one_line(words: str) -> str:
    return words.replace("  \n", " <br> ").replace("\n", " ")


def _card(card: CardEntry) -> list[str]:
    facts = escaped(" · ".join(x for x in (card.receipt, card.place) if x))
    notes = [_words(card.notes)] if card.notes else []
    return [f"**{card.number}** · {facts}", escaped(card.text) or escaped(card.withheld), *notes]
