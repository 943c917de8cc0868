"""A project: sessions that follow on each other, from the first workshop over request and dialogue to review."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

About = Mapping[str, str]  # what is known of a session without opening it


@dataclass(frozen=True)
class Stage:
    """How many were left at a stage, as the leader counted: 21 applications, 5 qualified, 1 contract."""

    title: str
    count: int


@dataclass(frozen=True)
class Project:
    """Where a session stands in its project. `key` is the same for all its sessions: the file id of the first."""

    key: str = ""
    name: str = ""
    follows: str = ""  # file id of the session before
    follows_title: str = ""
    brought: int = 0  # needs that came along from earlier
    stages: tuple[Stage, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.name or self.follows or self.stages)


def chains(sessions: Sequence[About]) -> list[list[About]]:
    """Sessions of the same project in order, for projects that have a name or more than one session here. Projects of the
    same name are one.

    Each has the keys `file_id`, `project`, `project_name`, `follows` and `date`. What comes after another stands after it.
    """
    groups: defaultdict[str, list[About]] = defaultdict(list)
    names: dict[str, str] = {}  # name -> the key it was met with first
    same: dict[str, str] = {}
    for one in sessions:
        if name := one.get("project_name", "").casefold():
            same[_key(one)] = names.setdefault(name, _key(one))
    for one in sessions:
        if key := _key(one):
            groups[same.get(key, key)].append(one)
    chosen = [g for g in groups.values() if len(g) > 1 or any(one.get("project_name") for one in g)]
    return [_in_order(group) for group in chosen]


def _key(one: About) -> str:
    return one.get("project") or one.get("file_id", "")


def _in_order(group: Sequence[About]) -> list[About]:
    left = sorted(group, key=lambda one: (one.get("date", ""), one.get("title", "")))
    out: list[About] = []
    while left:
        here = {one.get("file_id") for one in left}
        # a ring cannot come from the program; should a file claim one, the earliest goes first
        first = next((one for one in left if one.get("follows") not in here - {one.get("file_id")}), left[0])
        left.remove(first)
        out.append(first)
    return out


def name_of(chain: Sequence[About]) -> str:
    """What a project is called: the latest name that one of its sessions gives, else the first session's title."""
    named = [one["project_name"] for one in chain if one.get("project_name")]
    return named[-1] if named else chain[0].get("title", "")
