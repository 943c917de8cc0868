"""When phones could answer in each step, and so which votes a picture may show; the rule itself is model/few.py."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workshop_app.model import few
from workshop_app.store.session_file import SessionFile


@dataclass(frozen=True)
class Turns:
    """The times when phones might answer or not, by step, and the steps in which they may now."""

    past: Mapping[str, tuple[few.Turn, ...]]
    open: frozenset[str]

    def picture(self, votes: Iterable[few.Vote], steps: Collection[str]) -> few.Picture:
        """What may be shown of votes that were given in some steps."""
        past = sorted((turn for step in steps for turn in self.past.get(step, ())), key=lambda t: t.answer)
        return few.picture(votes, past, not self.open.isdisjoint(steps))


NEVER_LEFT = Turns(
    {}, frozenset()
)  # for the last words of a workshop: nobody goes on from there, so all counts at once


def turns(file: SessionFile) -> Turns:
    """As the file has them now."""
    past: defaultdict[str, tuple[few.Turn, ...]] = defaultdict(tuple)
    for row in file.select("SELECT step, answer, open FROM phone_turn ORDER BY id"):
        past[row["step"]] += (few.Turn(row["answer"], bool(row["open"])),)
    return Turns(past, frozenset(r["id"] for r in file.select("SELECT id FROM step WHERE state = 'open'")))
