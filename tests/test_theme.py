"""The contrasts that DESIGN promises, computed again from the tokens that the program really uses."""

import re

import pytest

from workshop_app import theme

TEXT, CONTROL = 4.5, 3.0

# foreground, background, figure measured for light, for dark (None: not promised)
MEASURED = [
    ("line", "surface", 1.5, 1.6),
    ("control", "surface", 4.2, 4.8),
    ("control", "bg", 3.7, 5.4),
    ("ink", "surface", 16.6, 14.6),
    ("ink", "bg", 14.7, 16.3),
    ("ink2", "surface", 8.1, 8.7),
    ("ink2", "bg", 7.2, 9.7),
    ("ink2", "surface2", 6.7, 7.5),
    ("primary", "on_primary", 8.1, 8.7),
    ("ptint", "on_ptint", 8.8, 9.5),
    ("thread", "surface", 6.9, 6.9),
    ("thread", "bg", 6.1, 7.7),
    ("focus", "surface", 6.2, 7.9),
    ("focus", "bg", 5.5, 8.8),
    ("attn", "on_attn", 8.8, 10.2),
    ("info", "on_info", 8.9, 10.0),
    ("bad", "on_bad", 8.2, 9.8),
]
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink2", "thread") for ground in ("bg", "surface", "surface2")],
    *[("ink", ground) for ground in ("ptint", "attn", "info", "bad")],
    *[("on_" + name, name) for name in ("primary", "ptint", "attn", "info", "bad")],
    ("primary", "surface"),
    ("primary", "bg"),
]
CONTROL_PAIRS = [
    *[
        (name, ground)
        for name in ("control", "focus", "primary", "attn_line")
        for ground in ("bg", "surface")
    ],
    ("control", "surface2"),
    ("thread", "surface2"),
]
SEALS = [11.0, 4.5, 8.2, 6.3, 5.4, 10.1, 10.0, 5.1, 5.5, 11.1]
INKS = [10.2, 10.2, 10.2, 9.8, 10.3, 10.0, 9.9, 10.3, 9.9, 10.2]
DARK_INKS = [9.8, 9.8, 9.8, 9.7, 9.8, 9.8, 9.7, 9.8, 9.8, 9.7]


@pytest.mark.parametrize(("one", "other", "light", "dark"), MEASURED)
def test_the_measured_figures_hold(one: str, other: str, light: float, dark: float) -> None:
    for is_dark, figure in ((False, light), (True, dark)):
        colours = theme.tokens(is_dark)
        assert theme.contrast(colours[one], colours[other]) == pytest.approx(figure, abs=0.06)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_and_controls_can_be_seen(dark: bool) -> None:
    colours = theme.tokens(dark)
    pale = [p for p in TEXT_PAIRS if theme.contrast(colours[p[0]], colours[p[1]]) < TEXT]
    pale += [p for p in CONTROL_PAIRS if theme.contrast(colours[p[0]], colours[p[1]]) < CONTROL]
    assert pale == []


def test_the_projector_reads_at_eight_metres() -> None:
    colours = theme.tokens(dark=False)
    assert all(theme.contrast(colours[ink], "#FFFFFF") >= 7 for ink in ("ink", "ink2", "primary"))


@pytest.mark.parametrize("number", range(1, 11))
def test_each_hue_keeps_its_figures(number: int) -> None:
    light, dark = theme.hue(number), theme.hue(number, dark=True)
    assert theme.contrast(light.seal, light.digit) == pytest.approx(SEALS[number - 1], abs=0.06)
    assert theme.contrast(light.ink, light.paper) == pytest.approx(INKS[number - 1], abs=0.06)
    assert theme.contrast(dark.ink, dark.paper) == pytest.approx(DARK_INKS[number - 1], abs=0.06)
    assert theme.contrast(theme.tokens()["ink"], light.paper) >= 13.85
    assert theme.contrast(theme.tokens(True)["ink"], dark.paper) >= TEXT
    assert (light.seal, light.digit) == (dark.seal, dark.digit)
    assert theme.contrast(dark.edge, dark.paper) > 1.5


def test_hues_repeat_while_the_number_goes_on() -> None:
    assert [h.number for h in theme.hues()] == list(range(1, 11))
    assert theme.hue(11) == theme.hue(1)
    assert theme.hue(20, dark=True) == theme.hue(10, dark=True)


def test_contrast_follows_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert theme.contrast("#777777", "#777777") == 1
    assert theme.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


def test_both_themes_have_the_same_tokens_in_full() -> None:
    light, dark = theme.tokens(), theme.tokens(dark=True)
    assert list(light) == list(dark)
    assert all(re.fullmatch("#[0-9A-F]{6}", v) for v in (*light.values(), *dark.values()))
    light["ink"] = "#FFFFFF"
    assert theme.tokens()["ink"] == "#14211B", "a caller can not change the theme for others"


def test_the_phones_get_every_token_of_both_themes() -> None:
    css = theme.css_variables()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    assert "--on-primary:#FFFFFF;" in light and "--ink2:#44534C;" in light
    assert "--on-primary:#06241C;" in dark and "--ink2:#B2C0B9;" in dark
    assert light.count("--") == dark.count("--") == len(theme.tokens())


def test_sizes_and_measures() -> None:
    assert theme.type_scale()["base"] == (14, 20)
    assert min(size for size, _ in theme.type_scale().values()) == 12
    assert theme.spacing() == [4, 6, 8, 12, 16, 24, 32, 40]
    assert theme.measures("radii")["card"] == 4
    assert theme.measures("hit")["phone"] >= 44
    assert theme.font("people") == "Source Serif 4"
