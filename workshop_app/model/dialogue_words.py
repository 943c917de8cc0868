"""What a register says in words, for the buyer's own eyes: each asymmetry, and how it is mended."""

from workshop_app.i18n import N_, Language
from workshop_app.model.dialogue import Asymmetry, Dialogue

RAISED: dict[str, str] = {
    "supplier_conference": N_("at a supplier conference"),
    "dialogue_meeting": N_("at a dialogue meeting"),
    "one_to_one": N_("in a one-to-one meeting"),
    "sprint": N_("in a sprint"),
    "in_writing": N_("in writing"),
    "phone": N_("from a phone"),
}
COVERAGE: dict[str, str] = {
    "no_small": N_("No small company is registered."),
    "no_non_profit": N_("No non-profit organisation is registered."),
    "all_earlier": N_("All who are registered have had a contract with you before."),
}


def said(one: Asymmetry, dialogue: Dialogue, lang: Language) -> str:
    """What is not alike, as one sentence with the suppliers' names."""
    who = named(one.who, dialogue)
    slot = dialogue.slot(one.about)
    about = named((slot.supplier,), dialogue) if slot else ""
    if one.kind == "minutes":
        words = (
            lang("{about} had {n} minutes more. {who} have been offered as much and have not had it yet.")
            if one.mended
            else lang("{about} had {n} minutes more. {who} have not been offered as much.")
        )
        return words.format(about=about, n=one.amount, who=who)
    if one.kind == "agenda":
        return lang("The whole agenda was not gone through with {who}.").format(who=who)
    if one.kind == "round":
        words = lang("{who} met with an earlier agenda and are to be offered a meeting in round {n}.")
        return words.format(who=who, n=one.about)
    if one.kind == "no_slot":
        return lang("{who} have no meeting in round {n}.").format(who=who, n=one.about)
    if one.kind == "material":
        title = next((m.title for m in dialogue.materials if m.id == one.about), "")
        return lang("{who} have not had the material “{title}”.").format(who=who, title=title)
    entry = next((q.question for q in dialogue.questions if q.id == one.about), "")
    if one.kind == "answer":
        return lang("{who} have not had the published entry “{entry}”.").format(who=who, entry=entry)
    return lang("{who} have not had what was told in a meeting: “{entry}”.").format(who=who, entry=entry)


def mend(one: Asymmetry, lang: Language) -> str:
    """What to do about it, as one sentence."""
    return {
        "minutes": lang("Give the others the same minutes and note it."),
        "agenda": lang("Go through the rest, or write in the record why it was left out."),
        "round": lang("Plan a meeting for each, or note that it was offered."),
        "no_slot": lang("Plan a meeting for each, or note that it was offered."),
        "material": lang("Hand it out to all and note it."),
        "answer": lang("Send the list to them and note it."),
        "unpublished": lang("Publish it to all."),
    }[one.kind]


def named(suppliers: tuple[int, ...], dialogue: Dialogue) -> str:
    """Names in a row, for the buyer's own eyes."""
    known = {s.id: s.name for s in dialogue.suppliers}
    return ", ".join(known[s] for s in suppliers if s in known)
