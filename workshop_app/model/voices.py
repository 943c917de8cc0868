"""Whose voice is in a need, and whose is missing: roles, those it is for, and those who were not in the room."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshop_app.i18n import N_, Language
from workshop_app.model import few
from workshop_app.model.board import Board
from workshop_app.model.need import Need
from workshop_app.model.session import Room

# Line and purchaser, who both confirm a need (METHOD H17), by how they stand to the matter.
CONFIRM: Mapping[str, str] = {"work_in": N_("operations"), "purchase": N_("purchasers")}
# Those without whom no need is anchored (METHOD 3.2), by how they stand to the matter.
NEAR: Mapping[str, str] = {"use": N_("end users"), "work_in": N_("operations")}


@dataclass(frozen=True)
class Voices:
    """`roles` and `whom` are (name, cards); `others` counts cards whose role is not shown; `absent` are keys of NEAR."""

    roles: tuple[tuple[str, int], ...]
    others: int
    whom: tuple[tuple[str, int], ...]
    absent: tuple[str, ...]
    missing: tuple[str, ...]

    def heard(self, lang: Language) -> str:
        """Whose voice is in it, as in "Drift 3, 2 whose role is not shown"; "" while there is no card."""
        parts = [f"{role} {n}" for role, n in self.roles]
        if self.others:
            parts.append(lang("{n} whose role is not shown").format(n=self.others))
        return ", ".join(parts)

    def for_whom(self) -> str:
        """Whom the cards speak of, as in "children 2, relatives 1"."""
        return ", ".join(f"{whom} {n}" for whom, n in self.whom)

    def not_heard(self, lang: Language, said: Collection[str] = ()) -> str:
        """Whose voice is missing: end users and operations first, then those noted, but for whom was `said` already."""
        return ", ".join(self.silent(lang, said))

    def silent(self, lang: Language, said: Collection[str] = ()) -> tuple[str, ...]:
        """The same voices one by one."""
        noted = (text for text in self.missing if text not in said)
        return (*(lang(NEAR[key]) for key in self.absent), *noted)


def voices(need: Need, board: Board, room: Room) -> Voices:
    """Whose voice is in a need. Roles only as Room shows them.

    That end users or operations are missing is said where nobody of them is in the room, or where so many are that
    it tells nothing of a single one (few).
    """
    cards = [board.cards[e.card] for e in need.evidence if e.card in board.cards]
    roles = Counter(room.role_shown(card.role) for card in cards)
    others = roles.pop("", 0)
    relation = {p.id: p.relation for p in room.participants}
    near = Counter(relation.get(card.participant, "") for card in cards)
    groups = [s.group for s in need.stakeholders if s.consulted != "yes"]
    themes = [board.theme(card.theme) for card in cards if card.theme is not None]
    return Voices(
        roles=tuple(roles.most_common()),
        others=others,
        whom=tuple(Counter(card.beneficiary for card in cards if card.beneficiary).most_common()),
        absent=tuple(key for key in NEAR if not near[key] and key in _sayable(room)),
        missing=tuple(
            dict.fromkeys(
                (*groups, *(t.missing_voice for t in themes if t and t.missing_voice), *room.missing)
            )
        ),
    )


def organisations(need: Need, board: Board, room: Room) -> tuple[int, tuple[str, ...]]:
    """From how many organisations the voices behind a need come, and the names of those that may be shown (few).

    Voices that came with another session count through `need.shared`, which names organisations and not people.
    """
    whose = {p.id: p.organisation.strip() for p in room.participants}
    here = Counter(whose.values())
    heard = {whose.get(board.cards[e.card].participant, "") for e in need.evidence if e.card in board.cards}
    named = (heard & few.told_apart(here)) | set(need.shared)
    return len((heard | set(need.shared)) - {""}), tuple(sorted(named))


def absent(room: Room) -> tuple[str, ...]:
    """Which of NEAR nobody in the room is; nothing while nobody is here."""
    here = {p.relation for p in room.participants}
    return tuple(key for key in NEAR if key not in here) if any(here) else ()


def unconfirmed(need: Need, room: Room) -> tuple[str, ...]:
    """Which of CONFIRM have not recognised a need: nobody of them is here, or so many answered that it may be told and
    none said yes. Nothing before anybody has answered."""
    seen = need.recognition
    if not seen.yes + seen.almost + seen.no:
        return ()
    here = {p.relation for p in room.participants}
    silent = {key for key, (yes, _almost, _no) in seen.per_relation.items() if not yes}
    return tuple(key for key in CONFIRM if key not in here or key in silent) if any(here) else ()


def _sayable(room: Room) -> frozenset[str]:
    here = Counter(p.relation for p in room.participants)
    return few.told_apart(here) | frozenset(absent(room))
