"""Hebrew and Arabic in the order they are seen, with joined letters: paper is drawn from left to right only."""

import re
import unicodedata
from functools import cache

_R = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(f"[{_R}](?:[{_R}\\s\\d.,:;!?()\\[\\]'\"-]*[{_R}])?")
_DIGITS = re.compile(r"\d[\d.,:]*\d|\d")
_MIRROR = str.maketrans("()[]", ")(][")
_LINE = 34  # signs: a run that is longer is broken here, since ReportLab would break it in the wrong order
_ISOLATED, _FINAL, _INITIAL, _MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"


def visual(text: str) -> str:
    """The text with each run from right to left in the order of the page; everything else as it is."""
    return _RUN.sub(lambda run: "\n".join(map(_seen, _lines(run[0]))), text)


def _lines(run: str) -> list[str]:
    """A run in lines short enough for any column, broken between words."""
    out: list[str] = []
    for part in run.split("\n"):
        now = ""
        for word in part.split():
            if now and len(now) + len(word) > _LINE:
                out.append(now)
                now = ""
            now = f"{now} {word}".strip()
        out.append(now)
    return out


def _seen(line: str) -> str:
    """One line reversed: marks stay with their letter, figures keep their order, brackets turn, no break inside."""
    joined = _DIGITS.sub(lambda digits: digits[0][::-1], _joined(line))
    clusters: list[str] = []
    for sign in joined:
        if clusters and unicodedata.combining(sign):
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return "".join(reversed(clusters)).translate(_MIRROR).replace(" ", "\u00a0")


def _joined(line: str) -> str:
    """Arabic letters in the shape their neighbours ask for."""
    out: list[str] = []
    signs = list(line)
    for place, sign in enumerate(signs):
        shapes = _shapes().get(sign)
        if shapes is None:
            out.append(sign)
            continue
        before = _INITIAL in _shapes().get(_neighbour(signs, place, -1), {})
        after = _FINAL in _shapes().get(_neighbour(signs, place, 1), {})
        wanted = {
            (True, True): _MEDIAL,
            (True, False): _FINAL,
            (False, True): _INITIAL,
            (False, False): _ISOLATED,
        }[before, after]
        fallback = _FINAL if wanted == _MEDIAL else _ISOLATED
        out.append(shapes.get(wanted) or shapes.get(fallback) or sign)
    return "".join(out)


def _neighbour(signs: list[str], place: int, step: int) -> str:
    place += step
    while 0 <= place < len(signs) and unicodedata.combining(signs[place]):
        place += step
    return signs[place] if 0 <= place < len(signs) else ""


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Letter -> its shapes, from the compatibility forms of Unicode."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEF5)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in (_ISOLATED, _FINAL, _INITIAL, _MEDIAL) and " " not in letters:
            found.setdefault(chr(int(letters, 16)), {})[kind] = chr(code)
    return found
