"""What the parts of a format are called for a person, and what is said about a fault where it stands."""

from collections.abc import Mapping
from typing import Any

from workshop_app.formats import reading, table
from workshop_app.formats.table import Fault
from workshop_app.i18n import N_, Language

KINDS = {
    "lobby": N_("Welcome, and people join"),
    "probe": N_("Understand the question"),
    "ask": N_("Answer by phone"),
    "read": N_("Read and add"),
    "pause": N_("Break"),
    "group": N_("Heaps and themes"),
    "formulate": N_("Word needs"),
    "goals": N_("Link to goals"),
    "rate": N_("Rate needs"),
    "route": N_("Choose a route"),
    "questions": N_("Questions to talk about"),
    "survey": N_("Rate or answer thing by thing"),
    "meeting": N_("A supplier's meeting"),
    "close": N_("The end of the workshop"),
}
TYPES = {
    "area": N_("Longer text"),
    "text": N_("Short text"),
    "one": N_("Choose one"),
    "many": N_("Choose several"),
    "s5": N_("Scale from 1 to 5"),
    "bool": N_("A tick"),
    "int": N_("A number"),
    "dots": N_("Dots to share out"),
}
PHONES = {
    "form": N_("The form"),
    "wait": N_("A calm page to wait on"),
    "info": N_("The question alone"),
}
SCENES = {
    "join": N_("The code to join"),
    "question": N_("The question"),
    "count": N_("How many answers have come"),
    "cards": N_("The cards"),
    "board": N_("The board"),
    "need": N_("One need"),
    "goals": N_("The goals"),
    "spread": N_("The spread of the answers"),
    "recognise": N_("Who recognises the need"),
    "pause": N_("Break, with a clock"),
    "thanks": N_("Thanks"),
}
PER = {
    "": N_("Once"),
    "item": N_("For each thing in the list"),
    "need": N_("For each need"),
    "card": N_("For each card"),
    "group": N_("For each heap"),
}
SHOWN = {
    "": N_("To everybody"),
    "solution_hint": N_("When the words sound like a solution"),
    "leader": N_("To the leader alone, in what the step keeps"),
}
MAKES = {
    "": N_("An answer"),
    "card": N_("A card on the board"),
    "beneficiary": N_("Somebody a need can be for"),
}
AUDIENCES = {
    "own": N_("Our own people"),
    "suppliers": N_("Suppliers: phones show only what is open to all"),
}
SOURCES = {
    "": N_("Only those written here"),
    "roles": N_("The roles of the workshop"),
    "organisations": N_("The organisations"),
    "beneficiaries": N_("Those the room has named"),
    "items": N_("The things in the list"),
    "needs": N_("The needs"),
    "goals": N_("The goals"),
    "cards": N_("The cards"),
    "heaps": N_("The heaps"),
}
KEPT = {"questions": N_("The published questions"), "paragraphs": N_("The paragraphs of the draft")}
LANGUAGES = {"sv": N_("In Swedish"), "en": N_("In English")}
LIMITS = {
    "text": N_("Characters at most"),
    "area": N_("Characters at most"),
    "dots": N_("Dots for each person"),
    "many": N_("At most so many, 0 for any number"),
    "int": N_("The highest number"),
}

# What a fault in a file is called in the editor, where nobody sees the file.
_HERE = {
    table.TOO_LONG: N_("{length} characters are written here. At most {most} fit."),
    table.CONTROLS: N_("There is a sign here that cannot be shown or printed. Take it away."),
    table.TOO_HIGH: N_("At most {most} here."),
    table.TOO_MANY: N_("At most {most} fit here."),
    reading.UNEVEN: N_("The steps take {total} minutes together, not {minutes}."),
    reading.NO_STEPS: N_("There are no steps yet. Add the first one."),
    reading.NO_LIMIT: N_("Say how much may be given."),
    reading.NO_CHOICES: N_("There is nothing to choose. Add an answer."),
    reading.NO_ITEMS: N_("A question is asked for each thing in a list. Choose the list."),
    reading.NOT_PER: N_("In such a step this cannot be asked for each one. Choose how often it is asked."),
    reading.NO_LIST: N_("There is no list and no earlier step called “{name}” any more. Choose another."),
    reading.NO_FIELDS: N_("Phones show a form here, but there is nothing to answer. Add a question."),
    reading.NEEDS_FIELD: N_("The program builds on the question “{name}” in such a step. Put it back."),
}
_ID = N_("Write small letters without accents, digits and underscores, beginning with a letter.")
_NUMBER = N_("Write a whole number.")
_PEOPLE = N_("The lower number first, from 1 to 1000.")
_EMPTY = {"sv": N_("The Swedish text is missing."), "en": N_("The English text is missing.")}


def list_words(one: Mapping[str, Any], lang: Language) -> str:
    """What a list is called for a person: the first things in it."""
    labels = [item.get("label", {}) for item in one.get("item", [])]
    names = [words.get(lang.code) or words.get("sv") or words.get("en") for words in labels]
    first = [name for name in names if name][:2]
    return ", ".join(first) + (" …" if len(names) > 2 else "") if first else str(one.get("id", ""))


def said(fault: Fault, lang: Language) -> str:
    """The sentence about a fault, without where it is: it stands there."""
    last = fault.place[-1] if fault.place else ""
    if fault.message == table.NO_TEXT and last in _EMPTY:
        return lang(_EMPTY[str(last)])
    if last in ("id", "value", "name") and "example" in fault.values:
        return lang(_ID)
    if last in ("minutes", "limit", "keeps", "part") and "example" in fault.values:
        return lang(_NUMBER)
    if last == "people":
        return lang(_PEOPLE)
    if fault.message in _HERE:
        return lang(_HERE[fault.message]).format(**fault.values)
    sentence = lang(fault.message).removeprefix("{where}: ").format(**fault.values)
    return sentence[:1].upper() + sentence[1:]
