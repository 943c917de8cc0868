"""What stands on the pages of a PDF, read back with the program's own reader: ten times as quick as one in Python."""

from io import BytesIO
from pathlib import Path

import pypdfium2


def pages(of: bytes | Path, *, lying: bool = False) -> list[str]:
    """The words of each page, a line to a line; `lying` takes only pages that are wider than tall."""
    with pypdfium2.PdfDocument(BytesIO(of) if isinstance(of, bytes) else of) as document:
        return [
            page.get_textpage().get_text_range().replace("\r\n", "\n")
            for page in document
            if not lying or page.get_width() > page.get_height()
        ]
