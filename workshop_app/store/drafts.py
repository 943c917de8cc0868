"""Reads what the tables' scribes have sent."""

from collections import defaultdict

from workshop_app.model.draft import Draft, read
from workshop_app.store.people import format_of, time_of
from workshop_app.store.session_file import SessionFile


def drafts(file: SessionFile) -> tuple[Draft, ...]:
    """Every draft ever received, in order; those that the table has replaced say by what."""
    used: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in file.select(
        "SELECT answer_id, number, field FROM need_draft JOIN need ON need.id = need_id ORDER BY number, field"
    ):
        used[row["answer_id"]].append((row["number"], row["field"]))
    out = []
    for step in (s.id for s in format_of(file).steps if s.kind == "formulate"):
        for row in file.select(
            "SELECT answer.*, json_extract(answer.fields, '$.table') AS at_table, new.receipt AS replaced_by"
            " FROM answer LEFT JOIN withdrawal ON withdrawal.answer_id = answer.id"
            " LEFT JOIN answer AS new ON new.id = withdrawal.by_answer_id WHERE answer.step = ? ORDER BY answer.id",
            step,
        ):
            heap, fields = read(row["fields"])
            out.append(
                Draft(
                    answer=row["id"],
                    receipt=row["receipt"],
                    table=str(row["at_table"] or "").strip(),
                    heap=heap,
                    fields=fields,
                    received_at=time_of(row["received_at"]),
                    replaced_by=row["replaced_by"] or "",
                    used=tuple(used[row["id"]]),
                    source=row["source"],
                )
            )
    return tuple(out)
