"""The gentle question after a card: asked when it sounds like a solution, said when it may point at a person. Never a refusal."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop_app.formats import Step
from workshop_app.i18n import N_, Language
from workshop_app.model import lint
from workshop_app.web import forms

SOLUTION = ("N01", "N02", "N03")
PERSONAL = ("N15",)
SOFT_WARNING = N_(
    "The card is received. “{match}” looks like a personal detail. If it should not be there, ask the leader to "
    "hide the card, and write it again without."
)


@dataclass(frozen=True)
class Hint:
    """What to ask about a card: the field with the question (None for none) and a sentence about personal data."""

    question: forms.Shown | None = None
    personal: str = ""


async def meanwhile(
    step: Step, given: Mapping[str, Sequence[str]], content: str, lang: Language
) -> Hint | None:
    """The same as `hint_of`, one turn of the loop later: looked for while the disk takes the card."""
    await asyncio.sleep(0)
    return hint_of(step, given, content, lang)


def hint_of(step: Step, given: Mapping[str, Sequence[str]], content: str, lang: Language) -> Hint | None:
    """What the words of a card that has just been received give reason to ask; None for nothing."""
    text = (list(given.get("text", ())) or [""])[-1]
    if step.makes != "card" or not text.strip():
        return None
    findings = lint.lint_challenge(text, content)
    asked = question(step, lang) if any(f.rule in SOLUTION for f in findings) else None
    match = next((f.match for f in findings if f.rule in PERSONAL), "")
    personal = lang(SOFT_WARNING).format(match=match) if match else ""
    if asked is None:
        return Hint(None, personal) if personal else None
    return Hint(asked.question, personal)


def question(
    step: Step,
    lang: Language,
    given: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Hint | None:
    """The step's own question for solution-like cards, None if it has none."""
    field = next((f for f in step.fields if f.shown_if == "solution_hint"), None)
    return Hint(forms.show(field, lang.code, given=given, errors=errors)) if field else None
