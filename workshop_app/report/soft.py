"""Where long Swedish compounds may be parted in narrow columns of tables; cards and quotes are never parted so."""

import re
from functools import lru_cache

SOFT = "\u00ad"
_TAILS = (
    "upphandling|(?<!upp)handling|underlag|kompetens|kostnad|styrning|ställning|lösning|ärende|tjänst|verksamhet|bygg"
    "|planering|process|leverantör|utveckling|analys|kommun|förvaltning|omsorg|sjukvård|boende|fördelning|bedömning"
    "|myndighet|avtal|personal|projekt|system|samordning|uppföljning|utbildning|arbete|möte|krav|nätverk|chef"
)
_JOINT = re.compile(rf"(?<=\w{{3}})(?=(?:{_TAILS}))", re.IGNORECASE)
_WORD = re.compile(r"\w{13,}")


@lru_cache(maxsize=4_000)
def softened(text: str) -> str:
    """The text with soft hyphens at the joints of its long words."""
    return _WORD.sub(lambda word: _JOINT.sub(SOFT, word.group()), text)
