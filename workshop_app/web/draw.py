"""From template to HTML: everything a person typed is escaped here, once, by Jinja itself.

In a full room most pages differ only in what a phone has for itself. Such a page is drawn once with holes in it, and what
is the phone's own is drawn into them (OWN).
"""

import re
import secrets
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from workshop_app import i18n, resources
from workshop_app.compounds import softened
from workshop_app.i18n import Language
from workshop_app.web import assets
from workshop_app.web.forms import Shown
from workshop_app.web.values import Page

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
    env.globals["mine"] = mine
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


def page(shown: Page) -> str:
    """A whole page as HTML."""
    template, alike = _environment().get_template(shown.template), shown.alike
    if alike is None:
        return template.render(shown.context)
    values = {**alike.values, **shown.context}
    if not shown.context.keys() <= OWN_VALUES:  # something else than usual is said
        return template.render(values)
    if not alike.pieces:
        alike.pieces = _HOLE.split(template.render({**alike.values, "holes": True}))
    return "".join(OWN[piece](values) if at % 2 else piece for at, piece in enumerate(alike.pieces))


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
    drawn: Markup = _macro(macro)(*values)
    return drawn


@cache
def _macro(name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(_environment().get_template("parts.html").module, name)
    return macro


# What a phone has for itself --------------------------------------------------


@pass_context
def mine(values: Mapping[str, Any], name: str) -> Markup:
    """What this phone has for itself in a place of a page, or the hole for it in a page that all have alike."""
    return Markup(_MARK + name + _MARK) if "holes" in values else OWN[name](values)


def _list(values: Mapping[str, Any]) -> Markup:
    words = values["lang"], values["content_code"]
    return _drawn("own_list", values["own"], *words) if values["own"] else kept("own_list", (), *words)


def _notice(values: Mapping[str, Any]) -> Markup:
    told = values["receipt"], values["message"], values["lang"], values["told"]
    return _drawn("notice", *told) if any((*told[:2], told[3])) else kept("notice", *told)


# The places that are a phone's own, and how each is drawn from the values of a page.
OWN: dict[str, Callable[[Mapping[str, Any]], Markup]] = {
    "key": lambda values: escape(values["key"]),
    "second_key": lambda values: escape(values["second_key"]),
    "pass_on": lambda values: escape(values.get("pass_on", "")),
    "code": lambda values: _drawn("whose", values.get("own_code", ""), values["lang"]),
    "list": _list,
    "notice": _notice,
    "ready": lambda values: kept("ready", values["done"], values["lang"]),
}
OWN_VALUES = {"key", "second_key", "pass_on", "own_code", "own", "receipt", "message", "told", "done"}
_MARK = secrets.token_hex(16)
_HOLE = re.compile(f"{_MARK}(\\w+?){_MARK}")


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
