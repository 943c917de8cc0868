"""Where long Swedish compounds may be parted on a small screen; for show only, stored and copied text never changes."""

import re
from functools import lru_cache

SOFT = "\u00ad"
LONG_WORD = 12
# A word may be parted in front of these.
_TAILS = (
    "upphandling|(?<!upp)handling|underlag|kompetens|kostnad|styrning|ställning|lösning|ärende|tjänst|verksamhet|bygg"
    "|planering|process|leverantör|utveckling|analys|kommun|förvaltning|omsorg|sjukvård|boende|fördelning|bedömning"
    "|myndighet|avtal|personal|projekt|system|samordning|uppföljning|utbildning|arbete|möte|krav|fråga|frågor|sensor"
    "|central|skador|program|försörjning|mognad|utrymme|barhet|organisation|beslut|ansvar|grupp|plats|vistelse"
)
_JOINT = re.compile(rf"(?<=\w{{3}})(?=(?:{_TAILS}))", re.IGNORECASE)
_WORD = re.compile(rf"\w{{{LONG_WORD},}}")


@lru_cache(maxsize=4_000)
def softened(text: str) -> str:
    """The text with soft hyphens at the joints of its long words."""
    return _WORD.sub(lambda word: _JOINT.sub(SOFT, word.group()), text)
