"""A request for information: what is asked of the market before a procurement, and about which needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workshop_app.i18n import N_, Language
from workshop_app.model.need import Need

# Asked in every request, unless the leader leaves one out; {budget} is the sum, if there is one.
STANDARD: Mapping[str, str] = {
    "today": N_("Which of the needs can you meet today, and which after development? What would the development take?"),
    "know": N_("What do you need to know to be able to submit a tender?"),
    "deter": N_("Which terms would keep you from submitting a tender?"),
    "split": N_("Can this be divided so that more suppliers can take part? Where would you draw the line?"),
    "budget": N_("How far could the needs be met within a given budget? Tell us what you would do, rather than a price."),
}  # fmt: skip
WITH_SUM = N_("How far could the needs be met for {budget}? Tell us what you would do, rather than a price.")
TO_MARKET = ("innovation_procurement", "ordinary_procurement")
TEXTS = ("background", "used_for", "answer_to", "budget")
DAYS = ("issued", "questions_due", "answers_due", "told_on")


@dataclass(frozen=True)
class Rfi:
    """What the leader has written of it; days as ISO dates, `left_out` keys of STANDARD, `needs` ids, empty = proposed."""

    sent_to: str = ""
    issued: str = ""
    answers_due: str = ""
    questions: tuple[str, ...] = ()  # the leader's own
    questions_due: str = ""
    told_on: str = ""  # when what was learned is told to all
    background: str = ""
    used_for: str = ""
    answer_to: str = ""
    budget: str = ""
    left_out: tuple[str, ...] = ()
    needs: tuple[int, ...] = ()


def standard(rfi: Rfi, lang: Language) -> list[str]:
    """The standard questions of a request in a language, without those left out."""
    words = {key: lang(text) for key, text in STANDARD.items() if key not in rfi.left_out}
    if "budget" in words and rfi.budget:
        words["budget"] = lang(WITH_SUM).format(budget=rfi.budget)
    return list(words.values())


def asked_about(needs: Collection[Need], chosen: Sequence[int]) -> tuple[Need, ...]:
    """The needs of a request in number order: the chosen ones, else those on their way to procurement, else all."""
    whole = sorted((n for n in needs if n.merged_into is None), key=lambda n: n.number)
    picked = [n for n in whole if n.id in chosen]
    return tuple(picked or [n for n in whole if n.fields["route"] in TO_MARKET] or whole)
