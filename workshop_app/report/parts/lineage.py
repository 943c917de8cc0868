"""Where a need came from and what became of it, in words for the page of a need and for the register."""

from workshop_app.model.need import HAPPENED, Carried, Happened
from workshop_app.report.document import Block, Para, Text, say, verbatim
from workshop_app.report.edition import View


def reference(view: View, before: Carried) -> Text:
    """An earlier session with the need's number there and the voices behind it, as counted there."""
    lang = view.lang
    words: Text = () if view.open else (*verbatim(before.title), *say(", "))
    if before.date:
        words += say(f"{view.day(before.date)}, ")
    words += say(lang("need {n}, version {version}").format(n=before.number, version=before.version))
    if before.cards:
        words += say(f", {lang.plural('{n} card', '{n} cards', before.cards)}")
    voices = ", ".join(f"{role} {n}" for role, n in before.voices.items())
    if voices:
        words += (*say(" ("), *verbatim(voices), *say(")"))
    short = before.file_id.replace("-", "").upper()
    return (*words, *say(". " + lang("File {id}").format(id=f"{short[:4]}-{short[4:8]}") + "."))


def happened_words(view: View, news: Happened) -> Text:
    """What became of a need: the word, its date, and the note."""
    lang = view.lang
    when = f" {view.day(news.date)}" if news.date else ""
    note = (*say(". "), *verbatim(news.note)) if news.note else ()
    return (*say(f"{lang(HAPPENED[news.status])}{when}", bold=True), *note)


def erased(view: View) -> list[Block]:
    """What was erased from this file: when, how much and on what basis."""
    words = view.lang("Erased {day}: {cards} cards and {answers} answers in all. Basis: ")
    out: list[Block] = []
    for one in view.summary.erased:
        day = view.day(one.at.date().isoformat())
        cards, answers = (one.counts.get(n, 0) for n in ("card", "answer"))
        told = say(words.format(day=day, cards=cards, answers=answers))
        out.append(Para((*told, *verbatim(one.basis)), "note"))
    return out
