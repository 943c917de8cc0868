"""What is laid over any picture when the room's network changes: the new address, or that there is none for a while."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from workshop_app import invite
from workshop_app.desktop.scenes.canvas import MARGIN, Canvas
from workshop_app.i18n import language
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

SIDE, QUIET = 404, 64  # the code, and the white around it


class News(NamedTuple):
    """What the room is told; `address` is empty when there is none."""

    code: str
    address: str
    short: str
    typed: str


def read_news(bridge: "Bridge") -> News | None:
    """The new address in the room's language; None when nothing has to be told."""
    session, server = bridge.get(queries.session), bridge.server
    if bridge.network == "moved" and server is not None:
        address = invite.join_address(server.host, server.port, server.token)
        return News(
            session.language, address, invite.short_address(server.host, server.port), session.short_code
        )
    return News(session.language, "", "", "") if bridge.network == "away" else None


def title_of(news: News) -> str:
    """The one sentence that a screen reader says too."""
    lang = language(news.code)
    return lang("The address has changed.") if news.address else lang("The network is gone for a while.")


def paint_news(c: Canvas, news: News, codes: bool = True) -> None:
    """A field over the lower edge, large enough to be scanned from the second row; no `codes` where the picture has them."""
    lang = language(news.code)
    codes = codes and bool(news.address)
    height = SIDE + 2 * QUIET if codes else 270
    top = c.height - height
    c.box(QRectF(-20, top, c.width + 40, height + 40), "surface", "attn_line", 0, 10)
    left, y = MARGIN, top + 56
    if codes:
        c.qr(invite.qr_matrix(news.address), MARGIN, top + QUIET, SIDE)
        left = MARGIN + SIDE + QUIET + 16
    width = c.width - MARGIN - left
    y = c.text(title_of(news), QRectF(left, y, width, 100), 76, 700) + 10
    if not news.address:
        words = lang("Keep writing. Your cards are kept on the phone and sent when it is back.")
        c.text(words, QRectF(left, y, width, 120), 48)
        return
    words = lang(
        "Have you the page open? Type the address there, and your text comes along. Otherwise scan the code."
    )
    y = c.text(words, QRectF(left, y, width, 130), 46) + 14
    if not codes:
        return
    y = c.text(news.short, QRectF(left, y, width, 90), 72, 700) + 4
    c.text(lang("code {code}").format(code=news.typed), QRectF(left, y, width, 70), 48)
