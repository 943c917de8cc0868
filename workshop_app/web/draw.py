"""From template to HTML: everything a person typed is escaped here, once, by Jinja itself."""

import re
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workshop_app import i18n, resources
from workshop_app.compounds import softened
from workshop_app.i18n import Language
from workshop_app.web import assets
from workshop_app.web.forms import Shown

MOST_KEPT = 1000  # parts of pages
_SENTENCE = re.compile(r"(.+?[.?!])\s+(.+)", re.DOTALL)


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(resources.path("web")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["soft"] = softened
    env.globals["icon"] = icon
    env.globals["asset"] = assets.name_of
    env.globals["inline_style"] = assets.inline_style
    env.globals["field"] = field
    env.globals["kept"] = kept
    env.globals["pass_on"] = ""
    env.globals["own_code"] = ""
    env.globals["languages"] = languages
    return env


def templates() -> list[str]:
    """The names of all pages and parts."""
    return _environment().list_templates(extensions=["html"])


def prepare(template: str) -> None:
    """Reads and compiles a template, which takes as long as many pages; once in a process."""
    _environment().get_template(template)


def page(template: str, context: dict[str, Any]) -> str:
    """A whole page as HTML."""
    return _environment().get_template(template).render(context)


@cache
def languages(code: str) -> tuple[tuple[str, str], ...]:
    """The other languages that a page is offered in: their codes, and what they call themselves."""
    return tuple((other, i18n.own_name(other)) for other in i18n.available() if other != code)


@lru_cache(MOST_KEPT)
def kept(macro: str, *values: Any) -> Markup:
    """What a macro of parts.html draws, kept for the next page: only for what is the same on every phone."""
    return _drawn(macro, *values)


def field(shown: Shown, lang: Language, title: str = "", optional: bool = False) -> Markup:
    """One field of a form; kept while nothing is filled in."""
    draw = _drawn if shown.chosen or shown.error else kept
    return draw("field", shown, lang, title, optional)


def _drawn(macro: str, *values: Any) -> Markup:
    drawn: Markup = getattr(_environment().get_template("parts.html").module, macro)(*values)
    return drawn


@cache
def icon(name: str) -> Markup:
    """One of our icons as inline SVG, silent for screen readers: there is always a word beside it."""
    source = resources.text("icons", f"{name}.svg")
    drawing = re.sub(
        r">\s+<", "><", source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
    )
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>'
    ).format(Markup(drawing.strip()))


def heading_and_lead(text: str) -> tuple[str, str]:
    """A prompt as a heading and what follows it: the first sentence, and the rest."""
    whole = " ".join(text.split())
    found = _SENTENCE.fullmatch(whole)
    return (found[1], found[2]) if found else (whole, "")
