"""What must hold between the rows of a dialogue: links that lead somewhere, equal meetings, nothing published half."""

import sqlite3
from typing import Any

from workshop_app.i18n import N_

LEADS_NOWHERE = N_("In the dialogue, something is noted as handed out that is not there: {what} {number}.")
NOT_PUBLISHED = N_("In the question list, entry {number} is noted as handed out and is not published.")
EMPTY = N_("In the question list, entry {number} is published without an answer.")
ROUND_THE_CLOCK = N_(
    "In the question list, entry {number} is the same as an entry that is the same as yet another."
)
CORRECTS_DRAFT = N_("In the question list, entry {number} corrects an entry that is not published.")
UNEQUAL = N_("The meetings of round {number} are not equally long.")
NO_NOTE = N_("Meeting {number} ran over and lacks a note or an offer to the others.")
OTHER_ROUND = N_("A note of meeting {number} stands at an item of another round's agenda.")
NOT_LOCKED = N_("A meeting of round {number} has started and its agenda is not locked.")
NO_COPY = N_("In the question list, entry {number} is copied from a note of another meeting.")

# each gives the values of one finding a row
_RULES = (
    (
        LEADS_NOWHERE,
        "SELECT what, what_id AS number FROM given WHERE what_id NOT IN (SELECT id FROM material) AND what = 'material'"
        " OR what_id NOT IN (SELECT id FROM qa) AND what = 'answer' OR what_id NOT IN (SELECT id FROM slot) AND what = 'minutes'"
        " GROUP BY what, what_id",
    ),
    (
        NOT_PUBLISHED,
        "SELECT DISTINCT qa.id AS number FROM given JOIN qa ON qa.id = what_id WHERE what = 'answer' AND published_at IS NULL",
    ),
    (
        EMPTY,
        "SELECT id AS number FROM qa WHERE published_at IS NOT NULL AND trim(answer) = '' AND new_information = 0",
    ),
    (
        ROUND_THE_CLOCK,
        "SELECT qa.id AS number FROM qa JOIN qa AS other ON other.id = qa.same_as WHERE other.same_as IS NOT NULL"
        " OR other.id = qa.id",
    ),
    (
        CORRECTS_DRAFT,
        "SELECT qa.id AS number FROM qa JOIN qa AS other ON other.id = qa.corrects WHERE other.published_at IS NULL",
    ),
    (
        UNEQUAL,
        "SELECT round AS number FROM slot WHERE cancelled = 0 GROUP BY round HAVING count(DISTINCT minutes) > 1",
    ),
    (
        NO_NOTE,
        "SELECT id AS number FROM slot WHERE cancelled = 0 AND (trim(deviation) = '' OR trim(offer) = '')"
        " AND (actual_seconds - minutes * 60 > 180 OR actual_seconds - minutes * 60 > minutes * 6)",
    ),
    (
        OTHER_ROUND,
        "SELECT DISTINCT slot.id AS number FROM slot_note JOIN slot ON slot.id = slot_id"
        " JOIN agenda_item ON agenda_item.id = item_id WHERE agenda_item.round <> slot.round",
    ),
    (
        NOT_LOCKED,
        "SELECT DISTINCT slot.round AS number FROM slot JOIN dialogue ON dialogue.round = slot.round"
        " WHERE started_at IS NOT NULL AND agenda_locked_at IS NULL",
    ),
    (
        NO_COPY,
        "SELECT qa.id AS number FROM qa JOIN slot_note ON slot_note.id = note_id WHERE qa.slot_id IS NOT slot_note.slot_id",
    ),
)


def broken(conn: sqlite3.Connection) -> list[tuple[str, dict[str, Any]]]:
    """Every rule that does not hold: a msgid with its values."""
    out = []
    for message, sql in _RULES:
        cursor = conn.execute(sql)
        names = [d[0] for d in cursor.description]
        out += [(message, dict(zip(names, row, strict=True))) for row in cursor]
    return out
