"""The appendices: wordings of the question, every card, waivers, other answers, the method, and the balance."""

from workshop_app import formats
from workshop_app.i18n import Language
from workshop_app.model.answers import Said
from workshop_app.model.board import Card
from workshop_app.model.session import Answer
from workshop_app.report.charts import BalanceBar
from workshop_app.report.document import (
    Block,
    CardEntry,
    CardList,
    Cell,
    Figure,
    Heading,
    Listing,
    Para,
    Run,
    Section,
    Table,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import View
from workshop_app.report.parts import drafts, lineage, room, sources
from workshop_app.report.parts.told import told, written


def questions(view: View) -> Section:
    """Appendix 1: every wording of the question."""
    lang = view.lang
    title = lang("Appendix 1, wordings of the question")
    rows = tuple(
        (
            Cell(say(str(q.version))),
            Cell(verbatim(q.text) or say(lang("No question was written."))),
            Cell(say(view.day(q.created_at.date().isoformat()))),
        )
        for q in view.summary.questions
    )
    blocks: list[Block] = [Heading(title, 1)]
    if rows:
        blocks.append(Table((lang("Version"), lang("Wording"), lang("Written")), rows, (0.12, 0.66, 0.22)))
    return Section(
        "questions", title, tuple(blocks), lang("Appendix 1"), view.summary.format_name, fresh=False
    )


def cards(view: View) -> Section:
    """Appendix 2: every received card once, in number order, with its receipt and the place where it ended."""
    lang, all_cards = view.lang, view.summary.cards
    title = lang.plural("Appendix 2, the only card", "Appendix 2, all {n} cards", len(all_cards))
    intro = lang(
        "Every received card stands here once, word for word, with its number, its receipt and where it ended."
    )
    entries = tuple(_entry(view, card) for card in all_cards)
    nothing = Para(say(lang("No card has come in.")))
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        Para(say(intro), "lead"),
        CardList(entries) if entries else nothing,
    )
    return Section("cards", title, blocks, lang("Appendix 2"), view.summary.format_name)


def _entry(view: View, card: Card) -> CardEntry:
    lang = view.lang
    if view.withheld(card):
        return CardEntry(
            card.number, card.receipt, view.place(card), "", lang("The text is left out of this edition.")
        )
    notes: list[Run] = []

    def note(label: str, text: str, voice: str = "people") -> None:
        if text:
            notes.extend((Run(f"{label}: "), Run(f"{text}\n", voice)))

    note(lang("What it would make possible"), card.underlying)
    note(lang("For whom"), card.beneficiary)
    note(lang("When"), card.when)
    note(lang("How often"), _choice(view, "how_often", card.how_often), "app")
    own = [view.summary.room.role_shown(card.role)]
    if card.me_too:
        own.append(lang.plural("true here too for {n} other", "true here too for {n} others", card.me_too))
    if card.paper:
        own.append(lang("paper card {number}").format(number=card.paper))
    own.append(sources.blacked_out(view, card))
    line = " · ".join(x for x in own if x)
    if line:
        notes.append(Run(line))
    elif notes:
        last = notes.pop()
        notes.append(Run(last.text.rstrip("\n"), last.voice))
    return CardEntry(card.number, card.receipt, view.place(card), card.text, notes=tuple(notes))


def _choice(view: View, field: str, value: str) -> str:
    for step in view.format.steps if view.format else ():
        found = step.field(field)
        for choice in found.choices if found else ():
            if choice.value == value:
                return choice.label.get(view.lang.code)
    return value


def waivers(view: View) -> Section:
    """Appendix 3: rules set aside, each with the reason somebody wrote."""
    lang = view.lang
    title = lang("Appendix 3, rules set aside with reasons")
    rows = tuple(
        (
            Cell(say(need.title, bold=True), number=str(need.number)),
            Cell(say(w.rule)),
            Cell(verbatim(w.reason)),
        )
        for need in view.needs
        for w in need.waivers
    )
    blocks: list[Block] = [Heading(title, 1)]
    if rows:
        blocks.append(Table((lang("Need"), lang("Rule"), lang("Reason")), rows, (0.38, 0.12, 0.5)))
    else:
        blocks.append(Para(say(lang("No rule was set aside."))))
    return Section("waivers", title, tuple(blocks), lang("Appendix 3"), view.summary.format_name, fresh=False)


def answers(view: View) -> Section:
    """Appendix 4: what people answered in steps that make no cards, and their comments to the needs."""
    lang, summary = view.lang, view.summary
    title = lang("Appendix 4, other answers")
    blocks: list[Block] = [Heading(title, 1)]
    for step_id in dict.fromkeys(a.step for a in summary.answers):
        own = [a for a in summary.answers if a.step == step_id]
        blocks += _step_answers(view, step_id, own)
    for need in view.needs:
        if need.recognition.comments:
            head = lang("Comments on need {n}, {title}").format(n=need.number, title=need.title)
            blocks += [Heading(head, 3), Listing(tuple(verbatim(c) for c in need.recognition.comments))]
    if summary.contacts:
        words = lang.plural(
            "{n} person wants to be part of what follows. The name is kept apart from the answers.",
            "{n} people want to be part of what follows. The names are kept apart from the answers.",
            summary.contacts,
        )
        blocks.append(Para(say(words)))
    if len(blocks) == 1:
        blocks.append(Para(say(lang("There are no other answers."))))
    return Section("answers", title, tuple(blocks), lang("Appendix 4"), summary.format_name, fresh=False)


def _step_answers(view: View, step_id: str, own: list[Answer]) -> list[Block]:
    lang, form = view.lang, view.format
    step = next((s for s in form.steps if s.id == step_id), None) if form else None
    if step is not None and step.kind in ("questions", "survey", "lobby"):
        return _raw(view, step_id)
    if step is not None and step.kind in ("route", "group"):
        return []  # who was here, and the comments, which stand under their needs; where phones put the cards
    if step is not None and step.kind == "formulate":
        return drafts.blocks(view)
    title = step.title.get(lang.code) if step else step_id
    points: list[Text] = []
    for answer in own:
        lines = _lines(step, answer, lang)
        if lines:
            shown = view.summary.room.role_shown(answer.role)
            tail = ", ".join(x for x in (shown, answer.receipt) if x)
            points.append((*lines, *say(f" ({tail})" if tail else "")))
    if not points:
        return []
    prompt = step.prompt.get(lang.code) if step else ""
    head: list[Block] = [Heading(title, 2)]
    if prompt:
        head.append(Para(say(prompt), "ask"))
    return [*head, Listing(tuple(points))]


def _raw(view: View, step_id: str) -> list[Block]:
    """Every written answer of a step of questions or scales, with its receipt and the role where it may be shown."""
    one = told(view, step_id)
    if one is None:
        return []

    def tail(said: Said) -> str:
        return ", ".join(x for x in (view.summary.room.role_shown(said.role), said.receipt) if x)

    blocks = written(one, tail=tail)
    return [Heading(one.title), *blocks] if blocks else []


def _lines(step: formats.Step | None, answer: Answer, lang: Language) -> list[Run]:
    """Each text of an answer; what was chosen from a list is counted elsewhere."""
    out: list[Run] = []
    texts = dict(answer.fields) or {"text": answer.text}
    written = [f for f in step.fields if f.type in ("text", "area")] if step else []
    for name, value in texts.items():
        field = step.field(name.partition("@")[0]) if step else None
        if not value or (field is not None and (field.type not in ("text", "area") or field.apart)):
            continue
        label = field.label.get(lang.code) if field else ""
        if out:
            out.append(Run("\n"))
        if label and len(written) > 1:
            out.append(Run(f"{label} "))
        out.append(Run(value, "people"))
    return out


def method(view: View) -> Section:
    """Appendix 5: the method in short, so that the summary can be read by somebody who was not there."""
    lang = view.lang
    title = lang("Appendix 5, how to read this")
    first = lang("A need comes first. How it is met is decided later.")
    about_cards = (
        lang(
            "A card is one thing somebody wrote. Its text is never changed; its number never moves. "
            "Words that point out a person may be blacked out, and then the card says so."
        ),
        lang("A heap is cards that say the same need. A theme is heaps that belong together."),
    )
    about_all = (
        lang(
            "A need says who needs to be able to do what, in which situation, and what happens then. "
            "The function requirement says how an outsider sees that it is met."
        ),
        lang("A role is shown only where at least three in the room share it. A name is never needed."),
        lang(
            "Ratings are medians with the field where half of the answers lie. They are an aid in the "
            "conversation, not a ranking. Fewer than three answers are not shown."
        ),
        lang("The route is chosen by people. Innovation procurement is one of five possible routes."),
    )
    about_hidden = lang(
        "What is parked, hidden or joined is still here. A hidden card keeps its number and its reason."
    )
    points = (first, *about_cards, *about_all, about_hidden) if view.collects else (first, *about_all)
    blocks: list[Block] = [Heading(title, 1), Listing(tuple(say(p) for p in points))]
    return Section("notes", title, tuple(blocks), lang("Appendix 5"), view.summary.format_name, fresh=False)


def balance(view: View) -> Section:
    """The last page: how many came in, where each of them is, and how they came."""
    lang, books = view.lang, view.summary.balance
    lost = books.received - books.accounted if not books.lost else len(books.lost)
    if not view.collects:
        return _no_cards(view)
    if books.balanced:
        title = lang("All accounted for")
        words = lang.plural(
            "{n} card came in and {n} has a place.", "{n} cards came in and {n} have a place.", books.received
        )
    else:
        title = lang.plural("{n} card lacks a place", "{n} cards lack a place", lost)
        words = lang("Cards without a place: {numbers}.").format(
            numbers=view.lang.listed(map(str, books.lost)) or lang("see the session file")
        )
    blocks: list[Block] = [
        Heading(title, 1),
        Para(
            say(
                lang("{received} received, {accounted} accounted for").format(
                    received=books.received, accounted=books.accounted
                ),
                bold=True,
            ),
            "sum",
        ),
        Para(say(words), "lead"),
    ]
    places = view.places()
    if places:
        chart = BalanceBar(tuple((key, count) for key, _, count in places))
        alt = ", ".join(text for _, text, _ in places)
        blocks.append(Figure(chart, alt))
        named = _place_names(lang)
        rows = [(Cell(say(named[key])), Cell(say(str(count)))) for key, _, count in places]
        rows.append((Cell(say(lang("Sum"), bold=True)), Cell(say(str(books.accounted), bold=True))))
        blocks.append(Table((lang("Place"), lang("Cards")), tuple(rows), (0.8, 0.2), frozenset((1,))))
    if words := view.source_words():
        blocks.append(Para(say(words)))
    blocks += sources.table(view)
    blocks += room.checked(view)
    blocks += lineage.erased(view)
    return Section(
        "balance", lang("The balance"), tuple(blocks), lang("The balance"), view.summary.format_name
    )


def _no_cards(view: View) -> Section:
    """The last page of a workshop that collects no cards: how many answered, and how it came in."""
    lang, steps = view.lang, view.format.steps if view.format else ()
    title, people = lang("How many answered"), lang("People who answered")
    rows = []
    for step in steps:
        found = view.summary.steps.get(step.id)
        if found is not None and found.people:
            cells = (
                step.title.get(lang.code),
                str(found.people),
                str(len({s.answer for s in found.said}) or "–"),
            )
            rows.append(tuple(Cell(say(words)) for words in cells))
    head = (lang("Step"), people, lang("In words"))
    blocks: list[Block] = [Heading(title, 1)]
    if rows:
        blocks.append(Table(head, tuple(rows), (0.6, 0.22, 0.18), frozenset((1, 2))))
    else:
        blocks.append(Para(say(lang("Nothing has come in yet.")), "lead"))
    blocks += [*sources.table(view), *room.checked(view)]
    return Section("balance", title, tuple(blocks), title, view.summary.format_name)


def _place_names(lang: Language) -> dict[str, str]:
    return {
        "need": lang("In needs, as evidence"),
        "heap": lang("Still on the wish list, in a heap without a need"),
        "parked": lang("Parked"),
        "hidden": lang("Hidden, with a reason"),
        "merged": lang("Joined with another card"),
        "withdrawn": lang("Withdrawn by the person who wrote it"),
        "loose": lang("Not sorted yet"),
    }
