"""What a scene needs to know, read in one place: frozen values that say by themselves whether to draw again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workshop_app.formats import Format, Step
from workshop_app.i18n import Language, language
from workshop_app.model.session import Session, StepState
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge


@dataclass(frozen=True)
class Facts:
    """The part that all scenes share; `more` is what one scene reads for itself (hashable)."""

    title: str
    subtitle: str
    position: int
    steps: int
    left: int | None  # seconds, None when the clock has not started
    code: str
    more: Any = None

    @property
    def lang(self) -> Language:
        """The room's language."""
        return language(self.code)


def common(bridge: "Bridge", step_id: str, more: Any, *, clock: bool = False) -> Facts:
    """The shared part for a step; the time is in it only where the scene shows it."""
    session: Session = bridge.get(queries.session)
    format_: Format = bridge.get(queries.format_of)
    step: Step = format_.step(step_id)
    state: StepState = session.step(step_id)
    title, subtitle = title_words(step, session.language)
    left = None
    if clock and state.started_at is not None:
        left = round(state.left(bridge.now()).total_seconds())
    return Facts(title, subtitle, state.position, len(session.steps), left, session.language, more)


def title_words(step: Step, code: str) -> tuple[str, str]:
    """What the room reads over a step, and below it."""
    return first_sentence(step.projector_words.get(code) or step.title.get(code))


def first_sentence(text: str) -> tuple[str, str]:
    """A prompt as its first sentence, to be large, and the rest."""
    for place, sign in enumerate(text):
        if sign in ".?!" and text[place + 1 : place + 2] in ("", " "):
            return text[: place + 1], text[place + 2 :].strip()
    return text, ""
