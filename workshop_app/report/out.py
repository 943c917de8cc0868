"""A Document as the file that its name asks for: PDF or Word."""

from pathlib import Path

from workshop_app.report import docx_out, pdf, write
from workshop_app.report.document import Document

ENDINGS = (".pdf", ".docx")


def build(document: Document, target: Path) -> Path:
    """Writes the paper whole or not at all, as Word where the name ends in .docx, else as PDF."""
    as_word = target.suffix.lower() == ".docx"
    return write.atomically(target, docx_out.data(document) if as_word else pdf.render(document).data)
