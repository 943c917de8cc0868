"""Where the running meeting is in its agenda: which item, and how long each has taken; kept in the file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.model.dialogue import Dialogue, Slot
from workshop_app.store import queries

SETTING = "meeting_clock"


@dataclass(frozen=True)
class MeetingClock:
    """The item that runs in a meeting since a moment, and the seconds that items have taken before."""

    slot: int
    item: int
    since: datetime
    before: Mapping[int, int]

    def spent(self, now: datetime) -> dict[int, int]:
        """Agenda item -> seconds, up to now."""
        here = max(int((now - self.since).total_seconds()), 0)
        return {**self.before, self.item: self.before.get(self.item, 0) + here}


def running(dialogue: Dialogue) -> Slot | None:
    """The meeting that runs, or None."""
    return next((s for s in dialogue.slots if s.state == "running"), None)


def seconds(slot: Slot, now: datetime) -> int:
    """How long a meeting has taken, up to now or to its end."""
    if slot.actual_seconds is not None:
        return slot.actual_seconds
    return max(int((now - slot.started_at).total_seconds()), 0) if slot.started_at is not None else 0


def read(bridge: Bridge) -> MeetingClock | None:
    """The clock of the meeting that runs; None while none does, or before its first item."""
    slot = running(bridge.get(queries.dialogue))
    text = bridge.get(queries.session).settings.get(SETTING, "")
    if slot is None or not text:
        return None
    kept = json.loads(text)
    if kept["slot"] != slot.id:
        return None
    before = {int(item): int(n) for item, n in kept["before"].items()}
    return MeetingClock(slot.id, kept["item"], datetime.fromisoformat(kept["since"]), before)


def move(bridge: Bridge, slot: int, item: int) -> None:
    """Goes on to an item of the running meeting; what the one before took is counted."""
    now, clock = bridge.now(), read(bridge)
    if clock is None:
        clock = MeetingClock(slot, item, now, {})
    elif clock.item == item:
        return
    else:
        clock = replace(clock, item=item, since=now, before=clock.spent(now))
    kept = {
        "slot": slot,
        "item": item,
        "since": clock.since.isoformat(),
        "before": {str(i): n for i, n in clock.before.items()},
    }
    bridge.do(actions.session.set_setting, by="program", key=SETTING, value=json.dumps(kept))
