"""The log of the commands: where something broke, and never a word of what anybody wrote."""

import contextlib
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

from workshop_app import __version__, resources


def path() -> Path:
    """Where the log lies."""
    return resources.home() / "log.txt"


def write(what: str, trouble: BaseException | None = None) -> None:
    """A line, and with a trouble the places it came through: no arguments, no values, no messages."""
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} workshop {__version__} {what}"]
    while trouble is not None:
        frames = traceback.extract_tb(trouble.__traceback__)
        lines += [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
        trouble = trouble.__cause__ or trouble.__context__
        if trouble is not None:
            lines.append(f"  after {type(trouble).__name__}")
    with contextlib.suppress(OSError):
        path().parent.mkdir(parents=True, exist_ok=True)
        with path().open("a", encoding="utf-8") as handle:
            handle.write("\n".join(lines) + "\n")


class _ToFile(logging.Handler):
    """Takes what the floors report; the text as it stands in the code, without its values."""

    def emit(self, record: logging.LogRecord) -> None:
        trouble = record.exc_info[1] if record.exc_info else None
        kind = f" {type(trouble).__name__}" if trouble else ""
        write(f"{record.name} {record.levelname}: {record.msg}{kind}", trouble)


def quiet() -> None:
    """From now on what the floors report goes to the log, never to standard error; doing it twice is fine."""
    for name in ("workshop", "asyncio", "aiohttp"):
        logger = logging.getLogger(name)
        if not any(isinstance(h, _ToFile) for h in logger.handlers):
            logger.addHandler(_ToFile(logging.WARNING))
