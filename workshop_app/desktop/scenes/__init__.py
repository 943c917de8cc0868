"""Pictures for the room: each scene reads its facts from the bridge and paints them on a Canvas."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from workshop_app.desktop.scenes import asked, asking, dialogue, groups, needs, sorting, welcome
from workshop_app.desktop.scenes.canvas import Canvas
from workshop_app.desktop.scenes.facts import Facts

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge


class Scene(NamedTuple):
    """How a scene reads (bridge, step id) and paints."""

    read: "Callable[[Bridge, str], Facts]"
    paint: Callable[[Canvas, Facts], None]


SORTING = "sorting"  # shown in place of the step's own while the room sorts
# formats.PROJECTOR -> its scene
SCENES: dict[str, Scene] = {
    "join": Scene(welcome.read_join, welcome.paint_join),
    "pause": Scene(welcome.read_pause, welcome.paint_pause),
    "thanks": Scene(welcome.read_thanks, welcome.paint_thanks),
    "question": Scene(asked.read_question, asked.paint),
    "count": Scene(asking.read_count, asking.paint_count),
    "cards": Scene(asking.read_cards, asking.paint_cards),
    "board": Scene(groups.read_board, groups.paint_board),
    SORTING: Scene(sorting.read_sorting, sorting.paint_sorting),
    "need": Scene(needs.read_need, needs.paint_need),
    "goals": Scene(needs.read_goals, needs.paint_goals),
    "spread": Scene(asked.read_spread, asked.paint),
    "recognise": Scene(needs.read_recognise, needs.paint_recognise),
    "terms": Scene(dialogue.read_terms, dialogue.paint_terms),
    "meeting": Scene(dialogue.read_meeting, dialogue.paint_meeting),
    "published": Scene(dialogue.read_questions, dialogue.paint_questions),
}
