"""The first and the last picture: the codes to join, the break, the thanks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from workshop_app import invite
from workshop_app.desktop.scenes.canvas import MARGIN, RIGHT, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.desktop.widgets.figures import clock_text
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge


TWO_SIDE = 404  # two codes side by side, each large enough to be scanned from the second row
HALF = 890  # from the one to the other


def read_join(bridge: "Bridge", step: str) -> Facts:
    """Address, code, Wi-Fi and how many are here."""
    session, server = bridge.get(queries.session), bridge.server
    room = bridge.get(queries.crowd)
    address = short = ""
    if server is not None:
        address = invite.join_address(server.host, server.port, server.token)
        short = invite.short_address(server.host, server.port)
    wifi = (session.settings.get("wifi_name", ""), session.settings.get("wifi_password", ""))
    return common(bridge, step, (address, short, session.short_code, wifi, room.people))


def paint_join(c: Canvas, f: Facts) -> None:
    """Two large codes, also as text, and paper as an equal way."""
    lang = f.lang
    address, short, code, (wifi, password), joined = f.more
    y = c.text(lang("Welcome! Take out your phone."), QRectF(MARGIN, 70, c.width - 2 * MARGIN, 130), 88, 700)
    intro = (
        lang("Two codes. You need no account and no name.")
        if wifi
        else lang("You need no account and no name.")
    )
    c.text(intro, QRectF(MARGIN, y + 14, c.width - 2 * MARGIN, 70), 48, tone="ink2")
    top = y + 110
    bottom = c.bottom - 190
    side = min(460.0, bottom - top - 40)
    if wifi:
        _code(
            c,
            MARGIN,
            top,
            TWO_SIDE,
            invite.wifi_payload(wifi, password),
            "1",
            lang("Join the network"),
            [wifi, *([lang("password {word}").format(word=f"\n{password}")] if password else [])],
        )
        _code(
            c,
            MARGIN + HALF,
            top,
            TWO_SIDE,
            address,
            "2",
            lang("Open the page"),
            [short.replace(":", "\n:"), lang("code {code}").format(code=code)],
        )
    else:
        _code(
            c,
            MARGIN,
            top,
            side,
            address,
            "",
            lang("Open the page"),
            [short, lang("code {code}").format(code=code)],
        )
    c.rule(bottom + 10)
    foot = c.bottom
    width = c.number(str(joined), MARGIN, foot, 108)
    c.line(lang("have joined") if joined != 1 else lang("has joined"), MARGIN + width + 32, foot, 48)
    words = lang("Does it say “no internet”? Stay anyway.") + "\n" + lang("No phone? Take a paper card.")
    c.text(words, QRectF(c.width / 2 - 120, bottom + 46, c.width / 2 + 120 - MARGIN, 150), 44, align=RIGHT)


def _code(
    c: Canvas, x: float, top: float, side: float, data: str, number: str, title: str, lines: list[str]
) -> None:
    if data:
        c.qr(invite.qr_matrix(data), x, top, side)
    left = x + side + (44 if number else 64)
    y = top + 8
    if number:
        c.seal(QPointF(left + 36, y + 30), 36, number)
        y += 110
    width = HALF - side - 56 if number else c.width - MARGIN - x - side - 64
    y = c.text(title, QRectF(left, y, width, 70), 52, 700) + 16
    for line in lines:
        y = c.text(line, QRectF(left, y, width, 190 if number else 110), 44 if number else 60) + 4


def read_pause(bridge: "Bridge", step: str) -> Facts:
    """The time left of the break."""
    return common(bridge, step, None, clock=True)


def paint_pause(c: Canvas, f: Facts) -> None:
    """How long the break lasts, and what to do in it."""
    c.thread(f.position, f.steps)
    y = c.text(f.title, QRectF(MARGIN, 180, c.width - 2 * MARGIN, 140), 100, 700)
    c.text(f.subtitle, QRectF(MARGIN, y + 20, c.width - 2 * MARGIN, 160), 56)
    if f.left is not None:
        shown = clock_text(max(f.left, 0))
        c.number(shown, MARGIN, c.bottom - 90, 264)
        c.line(f.lang("until we go on"), MARGIN, c.bottom, 56, tone="ink2")


def read_thanks(bridge: "Bridge", step: str) -> Facts:
    """What came out, in three numbers, and what happens next."""
    session = bridge.get(queries.session)
    board, needs = bridge.get(queries.board), bridge.get(queries.needs)
    when = session.settings.get("next_date", "")
    live = [n for n in needs if n.merged_into is None]
    return common(bridge, step, (len(board.cards), len(board.themes), len(live), when))


def paint_thanks(c: Canvas, f: Facts) -> None:
    """Thanks, the numbers and the next date."""
    lang = f.lang
    cards, themes, needs, when = f.more
    c.thread(f.position, f.steps)
    y = c.text(f.title, QRectF(MARGIN, 180, c.width - 2 * MARGIN, 220), 88, 700)
    if f.subtitle:
        y = c.text(f.subtitle, QRectF(MARGIN, y + 20, c.width - 2 * MARGIN, 140), 56)
    x, foot = MARGIN, c.bottom - 190
    for number, words in (
        (cards, lang.plural("challenge", "challenges", cards)),
        (themes, lang.plural("theme", "themes", themes)),
        (needs, lang.plural("need", "needs", needs)),
    ):
        wide = c.number(str(number), x, foot, 176)
        word = c.line(words, x, foot + 76, 52)
        x += max(wide, word) + 130
    if when:
        c.line(lang("Next: {when}").format(when=when), MARGIN, c.bottom, 52, 600)
