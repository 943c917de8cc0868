"""Reads what is written in the small sheets."""

import json

from workshop_app.model.small_sheets import SheetRow
from workshop_app.store.session_file import SessionFile


def sheet_rows(file: SessionFile) -> tuple[SheetRow, ...]:
    """Every part of every sheet that holds something, those of a need that was joined into another too."""
    return tuple(
        SheetRow(
            row["id"],
            row["sheet"],
            row["need_id"],
            row["position"],
            row["item"],
            {name: str(value) for name, value in json.loads(row["fields"]).items()},
        )
        for row in file.select("SELECT * FROM sheet_row ORDER BY sheet, need_id, position, id")
    )
