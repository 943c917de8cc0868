"""Where in the procurement a workshop belongs (METHOD H05): six phases, and which one a session is in."""

from collections.abc import Mapping

from workshop_app.i18n import N_

SETTING = "phase"  # the session's setting that holds what the leader chose
PHASES: Mapping[str, str] = {
    "needs": N_("Needs analysis"),
    "market": N_("Market dialogue"),
    "requirements": N_("Requirements"),
    "procedure": N_("Procedure"),
    "contract": N_("Contract"),
    "follow_up": N_("Follow-up"),
}
# What a format leaves behind -> the phase it belongs to unless the leader says otherwise; any other: needs analysis.
_USUAL: Mapping[str, str] = {
    "sprint": "market",
    "dialogue": "market",
    "conference": "market",
    "one_to_one": "market",
    "comments": "requirements",
    "review": "follow_up",
}


def phase(settings: Mapping[str, str], result: str) -> str:
    """The phase that the leader chose, else the usual one for a format with this `result`."""
    chosen = settings.get(SETTING, "")
    return chosen if chosen in PHASES else _USUAL.get(result, "needs")
