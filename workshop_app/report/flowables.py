"""The few things on paper that ReportLab does not have: marks, knots, seals, the contents and the cover."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from workshop_app import theme
from workshop_app.report import fonts, styles
from workshop_app.report.charts import colour
from workshop_app.report.document import Cover, Run, Text, say, verbatim
from workshop_app.report.text import paragraph


class _Point(Flowable):  # type: ignore[misc]
    """Takes no room; does something where it stands on the page."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def _y(self) -> float:
        return float(self.canv.absolutePosition(0, 0)[1])


class Begin(_Point):
    """The start of a section: outline, contents and running heads."""

    def __init__(self, key: str, title: str, level: int = 0, head: tuple[str, str] | None = None) -> None:
        super().__init__()
        self.key, self.title, self.level, self.head = key, title, level, head
        self.spaceBefore = 26
        self.keepWithNext = 1

    def draw(self) -> None:
        self.canv.mark(self.key, self.title, self.level, self._y(), self.head)


class Knot(_Point):
    """A place on the red thread, `below` points under here: "solid", "open" or "none"; it ends at the `last`."""

    def __init__(self, kind: str, below: float = 0, last: bool = False) -> None:
        super().__init__()
        self.kind, self.below, self.last = kind, below, last
        self.keepWithNext = 1

    def draw(self) -> None:
        page = self.canv.page
        page.knots.append((self._y() - self.below, self.kind))
        page.thread_goes_on = not self.last


class Sealed(Flowable):  # type: ignore[misc]
    """A paragraph after a round seal with a number."""

    INDENT = 20.0

    def __init__(self, inner: Paragraph, number: str) -> None:
        super().__init__()
        self.inner, self.number = inner, number

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _, tall = self.inner.wrap(width - self.INDENT, height)
        return width, max(tall, 17.0)

    def draw(self) -> None:
        see, canv = theme.tokens(), self.canv
        tall = max(self.inner.height, 17.0)
        canv.setFillColor(colour(see["primary"]))
        canv.circle(7.5, tall - 7.5, 7.5, stroke=0, fill=1)
        size = 8.5 if len(self.number) < 3 else 6.5
        x = 7.5 - fonts.width(self.number, fonts.APP_BOLD, size) / 2
        canv.write(x, tall - 10.5, self.number, fonts.APP_BOLD, size, "on_primary")
        self.inner.drawOn(canv, self.INDENT, tall - self.inner.height)


class ContentsList(Flowable):  # type: ignore[misc]
    """The sections, a line each; their page numbers are written when all pages are known."""

    PITCH = 18.5

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.lines = list(lines)
        self.wide = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.wide = width
        return width, len(self.lines) * self.PITCH + 8

    def draw(self) -> None:
        canv, y = self.canv, len(self.lines) * self.PITCH - 6
        left, base = canv.absolutePosition(0, 0)
        for key, title in self.lines:
            canv.write(0, y, fonts.wrap(title, fonts.APP, 10.5, self.wide - 40, 1)[0], fonts.APP, 10.5, "ink")
            canv.setStrokeColor(colour(theme.tokens()["line"]))
            canv.setLineWidth(0.5)
            canv.line(0, y - 5.5, self.wide, y - 5.5)
            canv.page.contents.append((key, left + self.wide, base + y))
            y -= self.PITCH


class CoverPage(Flowable):  # type: ignore[misc]
    """The whole first page: the red thread comes in from the top and swings round the question."""

    LEFT, RIGHT, LINE_X, FAR_X = 118.5, 538.0, 91.4, 524.0
    LOW_KNOT = styles.TALL - 540.0

    def __init__(self, cover: Cover) -> None:
        super().__init__()
        self.cover = cover

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, height - 1

    def draw(self) -> None:
        canv = self.canv
        canv.page.cover = True
        x, y = canv.absolutePosition(0, 0)
        canv.saveState()
        canv.translate(-x, -y)
        high = self._titles(canv)
        self._thread(canv, high)
        self._question(canv, high)
        self._counts(canv)
        self._facts(canv)
        foot = fonts.wrap(self.cover.foot, fonts.APP, 8.5, self.RIGHT - self.LEFT, 1)[0]
        canv.write(self.LEFT, styles.TALL - 807, foot, fonts.APP, 8.5, "ink2")
        canv.restoreState()

    def _fit(
        self, text: Text, name: str, sizes: Sequence[tuple[float, float]], wide: float, tall: float
    ) -> Paragraph:
        """The text in the largest size that fits; the last one is cut with "…" (the whole stands inside)."""
        for size, leading in sizes:
            made = paragraph(text, styles.resized(name, size, leading))
            if made.wrap(wide, 10_000)[1] <= tall and self._unbroken(text, made.style, wide):
                return made
        size, leading = sizes[-1]
        font, whole = made.style.fontName, "".join(run.text for run in text)
        lines = fonts.wrap(whole, font, size, wide * 0.97, max(int(tall // leading), 1))
        made = paragraph((Run("\n".join(lines), text[0].voice, text[0].bold),), made.style)
        made.wrap(wide, 10_000)
        return made

    @staticmethod
    def _unbroken(text: Text, style: ParagraphStyle, wide: float) -> bool:
        """Whether no word is broken at this size."""
        words = "".join(run.text for run in text).split()
        return all(fonts.width(w, style.fontName, style.fontSize) <= wide for w in words[:400])

    def _titles(self, canv: Any) -> float:
        """Writes the top of the page; gives the height of the first knot."""
        cover, wide = self.cover, self.RIGHT - self.LEFT
        y = styles.TALL - 82
        canv.write(self.LEFT, y, cover.format_name, fonts.APP_BOLD, 11.5, "primary")
        x = self.RIGHT
        for mark in reversed(cover.marks):
            x = self._pill(canv, mark, x, y) - 6
        sizes = ((40, 41), (34, 36), (28, 31), (23, 26), (19, 22))
        title = self._fit(say(cover.title, bold=True), "h1", sizes, wide, 128)
        y -= 12 + title.height
        title.drawOn(canv, self.LEFT, y)
        y -= 24
        where = fonts.wrap(cover.when_where, fonts.APP, 13.5, wide, 1)[0]
        canv.write(self.LEFT, y, where, fonts.APP, 13.5, "ink")
        return min(y - 30, styles.TALL - 225)

    def _pill(self, canv: Any, text: str, right: float, y: float) -> float:
        wide = fonts.width(text, fonts.APP_BOLD, 9) + 16
        canv.setStrokeColor(colour(theme.tokens()["ink2"]))
        canv.setLineWidth(0.8)
        canv.roundRect(right - wide, y - 5, wide, 16, 8, stroke=1, fill=0)
        canv.write(right - wide + 8, y, text, fonts.APP_BOLD, 9, "ink2")
        return right - wide

    def _thread(self, canv: Any, high: float) -> None:
        red, paper = (colour(theme.tokens()[name]) for name in ("thread", "surface"))
        low, x, far = self.LOW_KNOT, self.LINE_X, self.FAR_X
        middle = (high + low) / 2
        swing = (high - low) * 0.24
        canv.setStrokeColor(red)
        canv.setLineWidth(2.2)
        canv.line(x, styles.TALL, x, high)
        path = canv.beginPath()
        path.moveTo(x, high)
        path.curveTo(x + 12, high - swing, far, middle + swing * 1.35, far, middle)
        path.curveTo(far, middle - swing * 1.1, x + 12, low + swing * 1.35, x, low)
        canv.drawPath(path, stroke=1, fill=0)
        canv.line(x, low, x, 0)
        canv.setFillColor(red)
        canv.circle(x, high, 6.6, stroke=0, fill=1)
        canv.setFillColor(paper)
        canv.circle(far, middle, 6.6, stroke=1, fill=1)
        canv.circle(x, low, 6.6, stroke=1, fill=1)

    def _question(self, canv: Any, high: float) -> None:
        tall = high - self.LOW_KNOT
        middle = high - tall / 2
        sizes = ((20, 25), (17, 22), (14.5, 19), (12, 16), (10, 13.5), (8.5, 11.5))
        text = verbatim(self.cover.question) or say("–")
        made = self._fit(text, "large", sizes, 345, tall - 118)
        top = middle + made.height / 2 + 2
        label = self.cover.question_label
        canv.write(self.LEFT, top + 6, label, fonts.APP_BOLD, 9, "ink2")
        made.drawOn(canv, self.LEFT, top - made.height)

    def _counts(self, canv: Any) -> None:
        x, y = self.LEFT, styles.TALL - 560
        for count, label in self.cover.counts:
            canv.write(x, y, str(count), fonts.APP_BOLD, 33, "ink")
            canv.write(x, y - 17, label, fonts.APP, 10.5, "ink")
            wide = max(fonts.width(str(count), fonts.APP_BOLD, 33), fonts.width(label, fonts.APP, 10.5))
            x += wide + 33

    def _facts(self, canv: Any) -> None:
        """Facts two and two; everything in the largest size at which all rows fit."""
        wide, top, floor = 190.0, styles.TALL - 612, styles.TALL - 792
        pairs = [self.cover.facts[n : n + 2] for n in range(0, len(self.cover.facts), 2)]
        room = (top - floor) / max(len(pairs), 1) - 22
        for size, leading in ((10.5, 14.5), (9.5, 13), (8.5, 11.5), (7.5, 10)):
            made = [
                [
                    self._fit(f.text, "fact", ((size, leading),), wide, 1e6 if size > 7.5 else room)
                    for f in pair
                ]
                for pair in pairs
            ]
            heights = [max(p.height for p in row) + 22 for row in made]
            if sum(heights) <= top - floor:
                break
        y = top
        for pair, row, tall in zip(pairs, made, heights, strict=True):
            for fact, words, x in zip(pair, row, (self.LEFT, self.LEFT + 222), strict=False):
                canv.write(x, y - 9, fact.label, fonts.APP_BOLD, 9, "ink2")
                words.drawOn(canv, x, y - 12 - words.height)
            y -= tall
