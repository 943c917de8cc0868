"""The needs canvas: the agreed wordings in their boxes on one page that lies down."""

from workshop_app.model import statement
from workshop_app.report.document import Box, Heading, Section, Sheet, Text, say, verbatim
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, told


def sections(view: View, title: str) -> list[Section]:
    """The canvas; what was written and not agreed on stands in the appendix."""
    own = (
        [one for s in view.format.steps if (one := told(view, s.id)) and s.keeps == 1] if view.format else []
    )
    first, rest = own[:1], own[1:]
    half = -(-len(rest) // 2)
    rows = (first, rest[:half], rest[half:])
    boxes = [tuple(_box(one) for one in row) for row in rows if row]
    sheet = Sheet((*boxes, (_need(view),)))
    name = view.summary.format_name
    return [Section("outcome", title, (Heading(title, 1), sheet), title, name, wide=True)]


def _box(one: Told) -> Box:
    """What was agreed on, field by field; an empty box says so."""
    lang, code = one.view.lang, one.view.lang.code
    kept = one.results.outcomes[0].fields if one.results.outcomes else {}
    texts: list[Text] = []
    for field in one.fields:
        if words := one.words(field, kept.get(field.name, "")):
            label = field.label.get(code)
            head = say(f"{label} ", bold=True) if len(one.fields) > 1 else ()
            texts.append((*head, *verbatim(words)))
    if not texts:
        quiet = lang.plural(
            "No wording agreed on, {n} answer.", "No wording agreed on, {n} answers.", one.results.people
        )
        texts.append(say(quiet if one.results.people else lang("No wording agreed on.")))
    long = sum(len(words) for words in kept.values())
    return Box(one.title, tuple(texts), share=1.0 + min(long, 900) / 900)


def _need(view: View) -> Box:
    lang, found = view.lang, view.needs[:1]
    if not found:
        return Box(lang("The need"), (say(lang("The need is not worded yet.")),), strong=True)
    fields = found[0].fields
    texts: list[Text] = [
        say(statement.statement(fields, view.summary.session.language) or found[0].title, bold=True)
    ]
    for key, label in (
        ("requirement", lang("Function requirement")),
        ("requirement_check", lang("How it is checked")),
    ):
        if fields[key]:
            texts.append((*say(f"{label}: ", bold=True), *verbatim(fields[key])))
    return Box(lang("The need"), tuple(texts), strong=True)
