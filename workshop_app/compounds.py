"""Where long Swedish compounds may be parted in a narrow place; for show only, stored and copied text never changes."""

import re
from functools import cache, lru_cache

from workshop_app import resources

SOFT = "\u00ad"


@cache
def _joint() -> re.Pattern[str]:
    lines = resources.text("compounds.txt").splitlines()
    tails = [line for line in lines if line and not line.startswith("#")]
    # "upphandling" is itself a tail: it must not be parted within
    some = "|".join("(?<!upp)handling" if tail == "handling" else tail for tail in tails)
    return re.compile(rf"(?<=\w{{3}})(?=(?:{some}))", re.IGNORECASE)


@lru_cache(maxsize=8_000)
def softened(text: str, shortest: int = 13) -> str:
    """The text with soft hyphens at the joints of its words of at least `shortest` letters."""
    return re.sub(rf"\w{{{shortest},}}", lambda word: _joint().sub(SOFT, word.group()), text)
