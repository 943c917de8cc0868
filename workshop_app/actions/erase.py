"""Gallring: a file's answers, or the file, go for good on a stated basis, and a receipt says so."""

from dataclasses import dataclass
from pathlib import Path

from workshop_app.actions import transfer
from workshop_app.i18n import N_
from workshop_app.model.trouble import DamagedFile, Refused
from workshop_app.store import check, erase, queries
from workshop_app.store.session_file import ABSENT, SessionFile
from workshop_app.store.writer import now_text

NO_BASIS = N_("Write on what basis it is erased, such as a decision or a retention plan.")
BASIS = 300
EXPORTS = (".pdf", ".json", ".csv", ".xlsx", ".docx", ".md", ".zip", ".png")


@dataclass(frozen=True)
class Receipt:
    """What was erased, and which files beside it may hold answers and were left: those are for people to remove."""

    at: str
    basis: str
    counts: dict[str, int]
    whole: bool
    paper: Path | None  # where the receipt of a whole file was written
    left: tuple[Path, ...]


def beside(path: Path) -> tuple[Path, ...]:
    """Files named after the session that may hold answers: what was printed or exported next to it."""
    return tuple(
        sorted(
            p
            for p in path.parent.glob("*")
            if p.name.startswith(path.stem) and p.suffix.lower() in EXPORTS and p != receipt_path(path)
        )
    )


def receipt_path(path: Path) -> Path:
    """Where the receipt of an erased file lies."""
    return path.with_name(f"{path.stem}.erased.json")


def erase_file(path: Path, basis: str, *, whole: bool = False) -> Receipt:
    """Erases the answers of a session, or all of the file; refused without a basis and while it is open elsewhere.

    The needs stay with their owners and routes unless the whole file goes; medians of ratings stay as figures.
    """
    basis = " ".join(basis.split())[:BASIS]
    if not basis:
        raise Refused(NO_BASIS)
    if not path.is_file():
        raise Refused(ABSENT, name=str(path))
    about = {"file": path.name, "title": "", "id": ""}
    medians: dict[int, dict[str, float]] = {}
    try:
        with SessionFile.read(path) as file:
            now = queries.session(file)
            about |= {"title": now.title, "id": now.file_id}
            for need, rated in queries.ratings(file).items():
                medians[need] = {k: s.median for k, s in rated.spreads.items() if s.median is not None}
    except DamagedFile as trouble:
        if not whole or trouble.message in (check.FOREIGN, check.NOT_DATABASE):
            raise
    if not whole:
        counts = erase.answers(path, basis, {n: m for n, m in medians.items() if m})
        return Receipt(now_text(), basis, counts, False, None, beside(path))
    counts = erase.whole(path)
    receipt = Receipt(now_text(), basis, counts, True, receipt_path(path), beside(path))
    told = {"erased": about, "at": receipt.at, "basis": basis, "counts": counts}
    transfer.write_json(told, receipt_path(path))
    return receipt
