"""Draws the words on the board once, each into a pixmap that the canvas then only moves about."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from workshop_app.desktop.board.places import SEAL, tag_width
from workshop_app.desktop.board.spots import CardSpot, HeapSpot, ThemeSpot, line_height, size_of
from workshop_app.desktop.board.text import advance, elided
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import paint_pill, pixmap
from workshop_app.model.sorting import verdict
from workshop_app.theme import Hue


def hue_of(number: int) -> Hue:
    """The colours of a theme; 0 is what has no theme: paper like a panel, with a plain edge."""
    if number:
        return look().hue(number)
    c = look().hex
    return Hue(0, "", c("control"), c("surface"), c("surface"), c("line"), c("ink"))


def blank(width: float, height: float, sharp: float) -> QPixmap:
    """An empty transparent pixmap of a size in scene pixels; `sharp` = device pixels per scene pixel."""
    picture = QPixmap(max(1, round(width * sharp)), max(1, round(height * sharp)))
    picture.setDevicePixelRatio(sharp)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _painter(picture: QPixmap) -> QPainter:
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def card_picture(spot: CardSpot, sharp: float) -> QPixmap:
    """A card's words, its number, the hands raised for it and the cards joined with it."""
    px, card = look().px, spot.card
    width, height = spot.rect.width(), spot.rect.height()
    picture = blank(width, height, sharp)
    painter = _painter(picture)
    if spot.alone:
        _sheet(painter, width, height)
    font = look().font(size_of(spot.large), people=True)
    painter.setFont(font)
    painter.setPen(look().colour("ink"))
    step, metrics = px(line_height(spot.large)), QFontMetricsF(font)
    top = px(6) if spot.alone else px(3)
    base = top + (step + metrics.ascent() - metrics.descent()) / 2
    for n, line in enumerate(spot.lines):
        painter.drawText(QPointF(px(9), base + n * step), line)
    right = width - px(8)
    painter.setFont(look().font("tiny", 600))
    painter.setPen(look().colour("ink2"))
    small = px(16)
    x = _right(painter, str(card.number), right, top, small)
    if card.me_too:
        painter.setFont(look().font("tiny"))
        x = _right(painter, str(card.me_too), x - px(9), top, small) - px(15)
        _icon(painter, "hand", "ink2", x, top + px(1), 14, sharp)
    suggested = card.placed_by == "suggestion"
    if suggested and not card.me_too:
        _icon(painter, "sparkles", "ink2", x - px(15), top + px(2), 12, sharp)
    row = top + small
    if spot.told:
        weak = verdict(*card.agreed) != "clear"
        painter.setFont(look().font("tiny", 600 if weak else 400))
        painter.setPen(look().colour("on_attn" if weak else "ink2"))
        x = _right(painter, spot.told, right, row, small)
        if weak:
            dashes(painter, x, right, row + small - px(1))
        painter.setFont(look().font("tiny", 600))
        painter.setPen(look().colour("ink2"))
        row += small
    x = right + px(4)
    if spot.joined:
        x = _right(painter, str(len(spot.joined) + 1), right, row, small) - px(15)
        _icon(painter, "merge", "ink2", x, row + px(2), 12, sharp)
    if suggested and card.me_too:
        _icon(painter, "sparkles", "ink2", x - px(16), row + px(2), 12, sharp)
    painter.end()
    return picture


def dashes(painter: QPainter, left: float, right: float, y: float) -> None:
    """A dashed amber line under figures that say: read it once more."""
    pen = QPen(look().colour("attn_line"), look().px(2))
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def _right(painter: QPainter, text: str, right: float, top: float, height: float) -> float:
    """Draws a short text that ends at `right`; returns where it begins."""
    width = painter.fontMetrics().horizontalAdvance(text)
    flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QRectF(right - width - 4, top, width + 4, height), flags, text)
    return right - width


def _icon(painter: QPainter, name: str, colour: str, x: float, y: float, size: float, sharp: float) -> None:
    side = look().px(size)
    picture = pixmap(name, colour, round(side * sharp), scaled=False)
    painter.drawPixmap(QRectF(x, y, side, side), picture, QRectF(picture.rect()))


def heap_picture(spot: HeapSpot, sharp: float) -> QPixmap:
    """A heap's heading: square tag, title, count."""
    px, hue = look().px, hue_of(spot.hue)
    width, height = spot.head.width(), spot.head.height()
    picture = blank(width, height, sharp)
    painter = _painter(picture)
    tag = QRectF(px(5), px(5), tag_width(spot.tag), px(18))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(hue.seal))
    painter.drawRoundedRect(tag, px(4), px(4))
    painter.setPen(QColor(hue.digit))
    painter.setFont(look().font("tiny", 700))
    painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), spot.tag)
    painter.setPen(QColor(hue.ink))
    painter.setFont(look().font("small", 700))
    x = _right(painter, spot.count, width - px(8), px(5), px(18))
    if spot.doubted:
        _doubt(painter, spot, x, width - px(8))
    if spot.named:
        painter.setFont(look().font("small", 600))
    else:
        painter.setFont(look().font("small", people=bool(spot.heap.cards)))
    _lines(painter, spot.lines, tag.right() + px(8), px(5), px(17))
    painter.end()
    return picture


def _doubt(painter: QPainter, spot: HeapSpot, left: float, right: float) -> None:
    """The amber of a heading: under the room's figure where no card shows it, else under the number of cards."""
    px = look().px
    if spot.told:
        right = left - px(8)
        painter.setFont(look().font("tiny", 600))
        painter.setPen(look().colour("on_attn"))
        left = _right(painter, spot.told, right, px(5), px(18))
    dashes(painter, min(left, right - px(16)), right, px(22))
    painter.setPen(QColor(hue_of(spot.hue).ink))


def _lines(painter: QPainter, lines: tuple[str, ...], x: float, top: float, step: float) -> None:
    metrics = QFontMetricsF(painter.font())
    base = top + (step + metrics.ascent() - metrics.descent()) / 2
    for n, line in enumerate(lines):
        painter.drawText(QPointF(x, base + n * step), line)


def theme_picture(spot: ThemeSpot, sharp: float) -> QPixmap:
    """A theme's heading: round seal, title, counts, and whose voice is missing."""
    px = look().px
    width, height = spot.head.width(), spot.head.height()
    picture = blank(width, height, sharp)
    painter = _painter(picture)
    x = 0.0
    if spot.theme is not None:
        hue = hue_of(spot.theme.number)
        seal = QRectF(0, 0, px(SEAL), px(SEAL))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(hue.seal))
        painter.drawEllipse(seal)
        painter.setPen(QColor(hue.digit))
        painter.setFont(look().font("base", 700))
        painter.drawText(seal, int(Qt.AlignmentFlag.AlignCenter), str(spot.theme.number))
        x = px(SEAL) + px(8)
    painter.setPen(look().colour("ink2"))
    painter.setFont(look().font("tiny"))
    if spot.below:
        painter.drawText(QPointF(x, px(4) + len(spot.lines) * px(18) + px(13)), spot.count)
    else:
        _right(painter, spot.count, width, px(4), px(18))
    unnamed = spot.theme is not None and not spot.theme.title
    painter.setPen(look().colour("ink2" if unnamed else "ink"))
    painter.setFont(look().font(15, 500 if unnamed else 600))
    _lines(painter, spot.lines, x, px(4), px(18))
    if spot.missing:
        words = elided(spot.missing, look().font("tiny", 600), width - x - px(20))
        pill = QRectF(x, height - px(22), advance(words, "tiny", 600) + px(20), px(22))
        paint_pill(painter, pill, words, "missing")
    painter.end()
    return picture


def _sheet(painter: QPainter, width: float, height: float) -> None:
    """A card that lies by itself: a sheet with a thicker lower edge."""
    painter.setPen(QPen(look().colour("line"), 1))
    painter.setBrush(look().colour("surface"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), look().px(4), look().px(4))
    painter.drawLine(QPointF(2, height - 1.5), QPointF(width - 2, height - 1.5))


def sheet_path(spot: HeapSpot) -> QPainterPath:
    """A heap's sheet with its rows and the second edge that says that more lies under, from its own corner."""
    px = look().px
    width, height = spot.rect.width(), spot.rect.height()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    under = px(3)
    path.moveTo(px(3), height)
    path.lineTo(px(3), height + under - 1)
    path.quadTo(px(3), height + under, px(5), height + under)
    path.lineTo(width - px(5), height + under)
    path.quadTo(width - px(3), height + under, width - px(3), height + under - 1)
    path.lineTo(width - px(3), height)
    path.addRoundedRect(QRectF(0, 0, width, height), px(4), px(4))
    for card in spot.cards:
        y = card.y - spot.rect.y()
        path.moveTo(0, y)
        path.lineTo(width, y)
    return path
