"""The register of needs: which is due first, and what has changed since last time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workshop_app.model.need import Happened, Need


@dataclass(frozen=True)
class Entry:
    """One need in the register. `due` is the nearest of its dates that can be read; None when there is none."""

    need: Need
    due: date | None
    late: bool

    @property
    def since(self) -> Happened | None:
        """The latest about what became of it."""
        return self.need.happened[-1] if self.need.happened else None


def entries(needs: Iterable[Need], today: date) -> tuple[Entry, ...]:
    """Every need that is not joined into another: those with a date first, the nearest date on top."""
    made = []
    for need in needs:
        if need.merged_into is None:
            due = due_date(need)
            made.append(Entry(need, due, due is not None and due < today and not over(need)))
    return tuple(sorted(made, key=lambda e: (over(e.need), e.due is None, e.due or today, e.need.number)))


def due_date(need: Need) -> date | None:
    """The earliest of the dates of a need that is written as 2026-05-14."""
    found = []
    for name in ("review_date", "needed_by"):
        try:
            found.append(date.fromisoformat(need.fields[name].strip()))
        except ValueError:
            continue
    return min(found, default=None)


def over(need: Need) -> bool:
    """Whether nothing more is to be done about a need here: closed, done or stopped."""
    return need.status == "closed" or (
        bool(need.happened) and need.happened[-1].status in ("done", "stopped")
    )


def changes(needs: Iterable[Need]) -> Mapping[str, int]:
    """Of the needs brought from earlier: how many are done, moved, stopped, not yet, and "" = nothing said yet."""
    brought = [n for n in needs if n.carried and n.merged_into is None]
    return Counter(n.happened[-1].status if n.happened else "" for n in brought)
