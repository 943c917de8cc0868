"""The look as values: one file of tokens gives the desk, the phones and paper the same colours and sizes."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from workshop_app import resources


@dataclass(frozen=True)
class Hue:
    """The colours of one group; its number carries the meaning, the colour only helps."""

    number: int
    name: str
    seal: str
    digit: str
    paper: str
    edge: str
    ink: str


@cache
def _theme() -> dict[str, Any]:
    theme: dict[str, Any] = json.loads(resources.text("theme.json"))
    return theme


def tokens(dark: bool = False) -> dict[str, str]:
    """Every colour token of one theme as "#RRGGBB"; the projector and paper are always light."""
    return dict(_theme()["dark" if dark else "light"])


@cache
def _hues(dark: bool) -> tuple[Hue, ...]:
    prefix = "dark_" if dark else ""
    return tuple(
        Hue(
            number=row["number"],
            name=row["name"],
            seal=row["seal"],
            digit=row["digit"],
            paper=row[prefix + "paper"],
            edge=row[prefix + "edge"],
            ink=row[prefix + "ink"],
        )
        for row in _theme()["hues"]
    )


def hues(dark: bool = False) -> list[Hue]:
    """The ten group hues in order; papers, edges and inks differ between the themes, seals do not."""
    return list(_hues(dark))


def hue(number: int, dark: bool = False) -> Hue:
    """The hue of group `number`, counted from 1; from group 11 the hues repeat while the number goes on."""
    ten = _hues(dark)
    return ten[(number - 1) % len(ten)]


def type_scale() -> dict[str, tuple[int, int]]:
    """Name of a text size -> (size, line height) in pixels at 100 %."""
    return {name: (size, line) for name, (size, line) in _theme()["type"].items()}


def spacing() -> list[int]:
    """The steps of empty space in pixels at 100 %, smallest first."""
    return list(_theme()["spacing"])


def measures(kind: str) -> dict[str, int]:
    """Pixels at 100 % (or milliseconds) of one kind: "radii", "hit" or "motion_ms"."""
    return dict(_theme()[kind])


def font(role: str) -> str:
    """The family for "app" (our words), "people" (what somebody typed) or "fallback"."""
    family: str = _theme()["fonts"][role]
    return family


def css_variables() -> str:
    """CSS custom properties of both themes, `--ink2` and so on, dark by the reader's own preference."""

    def block(dark: bool) -> str:
        return (
            ":root{" + "".join(f"--{name.replace('_', '-')}:{v};" for name, v in tokens(dark).items()) + "}"
        )

    return f"{block(False)}\n@media (prefers-color-scheme: dark){{{block(True)}}}\n"


def contrast(a: str, b: str) -> float:
    """The WCAG 2 contrast ratio of two "#RRGGBB" colours, 1.0 to 21.0."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
