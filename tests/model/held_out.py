"""Texts that were written before the rules were looked at, and how often the rules agree with their labels."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop_app.model import lint

FOLDER = Path(__file__).parent / "phrasing" / "held_out"
HALVES = ("half_a", "half_b")
ROUNDS = ("round_c", "round_d", "round_f")  # each was new to the rules once, and has widened them since
PRECISION, RECALL = 0.85, 0.75

_SOUND: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "who": "Hyresgäster i flerbostadshus",
        "function": "komma ut ur huset på egen hand",
        "situation": "när snön ligger djup",
        "effect": "grannarna kan ses",
        "requirement": "Nio av tio kommer ut inom fem minuter",
    },
    "en": {
        "who": "Tenants of flats",
        "function": "leave the house alone",
        "situation": "when the snow is deep",
        "effect": "neighbours can meet",
        "requirement": "Nine of ten come out within five minutes",
    },
}


@dataclass(frozen=True)
class Line:
    """One labelled text: what it is about (a rule, C for a challenge, NAME for a heap, CLEAN for a whole need) and its fields."""

    about: str
    language: str
    flagged: bool
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Agreement:
    """How many texts were found rightly, found wrongly and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, how much should be."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what should be found, how much was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read(half: str) -> list[Line]:
    """The texts of one half."""
    lines = []
    for line in (FOLDER / f"{half}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            about, language, label, *parts = line.split("|")
            fields = dict(part.split("=", 1) for part in parts)
            lines.append(Line(about, language, label == "+", fields))
    return lines


def found(line: Line) -> set[str]:
    """The rules that ask about a text."""
    if line.about in ("C", "C15"):
        return {f.rule for f in lint.lint_challenge(line.fields["text"], line.language)}
    if line.about == "NAME":
        return {f.rule for f in lint.lint_name(line.fields["text"], line.language)}
    return {f.rule for f in lint.lint_need(_need(line), line.language)}


def hit(line: Line) -> bool:
    """Whether the rules ask what the label is about."""
    rules = found(line)
    if line.about in ("C", "NAME"):
        return bool(rules & {"N01", "N02", "N03"})
    if line.about == "CLEAN":
        return bool(rules)
    return ("N15" if line.about == "C15" else line.about) in rules


def agreement(lines: list[Line]) -> Agreement:
    """Rights and wrongs over the texts."""
    seen = Counter((line.flagged, hit(line)) for line in lines)
    return Agreement(seen[True, True], seen[False, True], seen[True, False])


def _need(line: Line) -> dict[str, object]:
    fields: dict[str, object] = {**_SOUND[line.language], **line.fields}
    fields["function_requirement"] = {"text": fields.pop("requirement"), "check": "logg"}
    if "market" in line.fields:
        fields["market"] = {"status": line.fields["market"]}
    if "route" in line.fields:
        fields.setdefault("route_reason", "Finns")
    roles = str(fields.pop("evidence", "hyresgäst, granne")).split(",")
    fields["evidence"] = [
        {"id": f"c{n}", "by_role": role.strip()} for n, role in enumerate(roles) if role.strip()
    ]
    return fields
