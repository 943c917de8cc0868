"""Sets a Document as PDF with ReportLab platypus, in one pass and without any state but the fonts."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from workshop_app.report import fonts, styles
from workshop_app.report.blocks import Setter, on_one_page
from workshop_app.report.document import CardList, Document, Thread
from workshop_app.report.flowables import Begin, CoverPage
from workshop_app.report.paper import PaperCanvas

_ACROSS = styles.TALL - 2 * styles.MARGIN  # the room of a page that lies down
_SHORT = 16  # blocks: a section that goes on on a page is kept whole if it is short


@dataclass(frozen=True)
class Printed:
    """A finished PDF: its bytes, how many pages and on which page each section begins."""

    data: bytes
    pages: int
    first_pages: dict[str, int]


def render(document: Document, progress: Callable[[int, int], None] | None = None) -> Printed:
    """The document as PDF; `progress` hears (done, of all) blocks."""
    out = io.BytesIO()
    made: list[PaperCanvas] = []

    def maker(*args: Any, **kwargs: Any) -> PaperCanvas:
        made.append(PaperCanvas(*args, document=document, **kwargs))
        return made[-1]

    template = BaseDocTemplate(
        out,
        pagesize=styles.PAGE,
        pageTemplates=_templates(first=_first_page(document)),
        title=fonts.clean(document.title),
        subject=fonts.clean(document.subject),
        keywords=[fonts.clean(word) for word in document.keywords],
        author="",
        creator="Behovsverkstad",
        producer="Behovsverkstad",
        lang=document.language,
        displayDocTitle=True,
    )
    if progress is not None:
        template.setProgressCallBack(_listener(progress))
    template.build(_story(document), canvasmaker=maker)
    return Printed(out.getvalue(), len(made[-1].waiting), made[-1].first_pages)


def _listener(progress: Callable[[int, int], None]) -> Callable[[str, int], None]:
    total, done = 0, 0

    def hear(kind: str, value: int) -> None:
        nonlocal total, done
        if kind == "SIZE_EST":
            total = value
        elif kind == "PROGRESS":  # a paragraph that is broken in two counts backwards
            done = max(done, min(value, total))
            progress(done, total)
        elif kind == "FINISHED":
            progress(total, total)

    return hear


def _first_page(document: Document) -> str:
    if document.cover or not document.sections:
        return "plain"
    first = document.sections[0]
    carded = any(isinstance(block, CardList) for block in first.blocks)
    return "cards" if carded else "wide" if first.wide else "plain"


def _templates(first: str) -> list[PageTemplate]:
    """The page layouts; a document begins in the one that stands first."""

    def frame(x: float, y: float, wide: float, tall: float, name: str) -> Frame:
        return Frame(x, y, wide, tall, 0, 0, 0, 0, id=name)

    left, low, wide, tall = styles.MARGIN, styles.BOTTOM, styles.ROOM, styles.HEIGHT
    half, head = (wide - styles.GUTTER) / 2, 92.0
    right = left + half + styles.GUTTER
    made = [
        PageTemplate("plain", [frame(left, low, wide, tall, "all")]),
        PageTemplate(
            "cards",
            [
                frame(left, low + tall - head, wide, head, "head"),
                frame(left, low, half, tall - head, "left"),
                frame(right, low, half, tall - head, "right"),
            ],
            autoNextPageTemplate="more",
        ),
        PageTemplate(
            "wide",
            [frame(left, low, _ACROSS, styles.WIDE - styles.TOP - low, "all")],
            pagesize=(styles.TALL, styles.WIDE),
        ),
        PageTemplate("more", [frame(left, low, half, tall, "left"), frame(right, low, half, tall, "right")]),
    ]
    return sorted(made, key=lambda template: template.id != first)


def _story(document: Document) -> list[Flowable]:
    story: list[Flowable] = []
    setter = Setter([(s.key, s.group or s.title) for s in document.sections if s.listed])
    if document.cover:
        story += [Begin("cover", document.title), CoverPage(document.cover)]
    in_cards, lying, begun = False, False, bool(story)
    for place, section in enumerate(document.sections):
        carded = any(isinstance(block, CardList) for block in section.blocks)
        if section.wide or lying:
            story.append(NextPageTemplate("wide" if section.wide else "plain"))
        if carded or in_cards:
            # a document that begins with the cards is on their first page already
            story.append(NextPageTemplate(("cards" if begun else "more") if carded else "plain"))
        if begun:
            apart = section.fresh or carded or in_cards or lying
            story.append(PageBreak() if apart else CondPageBreak(150))
        in_cards, lying = carded, section.wide
        head = (section.left, section.right)
        inside: list[Flowable] = []
        if section.group:
            inside.append(Begin(section.key, section.group, 0, head))
        key = f"{section.key}{place}" if section.grouped else section.key
        inside.append(Begin(key, section.title, int(section.grouped), head))
        if all(isinstance(block, Thread) for block in section.blocks):
            inside = on_one_page(section.blocks, styles.ROOM, inside, setter)
        else:
            inside += setter.blocks(section.blocks, _ACROSS if section.wide else styles.ROOM)
        story += [KeepTogether(inside)] if begun and not section.fresh and len(inside) < _SHORT else inside
        begun = True
    return story or [Spacer(0, 1)]
