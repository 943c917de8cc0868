"""How long a text is as people count: an emoji of several parts is one sign, and so is a letter with its accents."""

import re
import unicodedata

# However few signs it looks like, a text may hold so many characters for each of them: the longest emoji there is.
MOST_IN_ONE = 8

_JOINED = re.compile("\u200d.?", re.DOTALL)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_SHADES = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


def count(text: str) -> int:
    """How many signs a person sees; phone.js counts in the same way."""
    if text.isascii():
        return len(text)
    parted = _SHADES.sub("", _FLAG.sub("x", _JOINED.sub("", text)))
    return sum(not unicodedata.category(c).startswith("M") for c in parted)


def over(text: str, limit: int) -> int:
    """By how many signs a text is too long, at most 0 when it fits; spaces around it do not count."""
    words = text.strip()
    if len(words) <= limit:  # no text looks longer than it is
        return 0
    return max(count(words) - limit, len(words) - limit * MOST_IN_ONE)
