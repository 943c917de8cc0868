"""Words in the reader's language: a Language is a value, so that the desk can be Swedish while a phone is English."""

import gettext
import locale
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from workshop_app import resources

DEFAULT = "sv"
DOMAIN = "workshop"


def N_(message: str) -> str:
    """Marks a text for the catalogue where no language is at hand yet; translate it when it is shown."""
    return message


OWN_NAME, LIST = N_("English"), N_("{first} and {last}")


@dataclass(frozen=True)
class Language:
    """One language of the interface; call it with an English msgid to get the words to show."""

    code: str

    def __call__(self, message: str) -> str:
        return _catalogue(self.code).gettext(message) if message else ""

    def plural(self, one: str, many: str, n: int) -> str:
        """The right one of two texts for `n`, with `{n}` filled in."""
        return _catalogue(self.code).ngettext(one, many, n).format(n=n)

    def listed(self, words: Iterable[str]) -> str:
        """Words in a row with commas, and "and" before the last."""
        *first, last = [*words] or [""]
        return self(LIST).format(first=", ".join(first), last=last) if first else last


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, resources.path("locale"), languages=[code], fallback=True)


@cache
def language(code: str) -> Language:
    """The language of a code such as "sv" or "sv_SE.UTF-8"; one we do not have becomes Swedish."""
    short = code.replace("-", "_").split("_")[0].split(".")[0].lower()
    return Language(short if short in available() else DEFAULT)


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a catalogue, Swedish first; English needs none, the msgids are English."""
    found = {p.name for p in resources.path("locale").iterdir() if p.is_dir()}
    return (DEFAULT, "en", *sorted(found - {DEFAULT, "en"}))


def own_name(code: str) -> str:
    """What a language calls itself: each catalogue says so where it translates the word "English"."""
    said = Language(code)(OWN_NAME)
    return said if code == "en" or said != OWN_NAME else code


def system_language() -> Language:
    """The computer's language if we speak it, else Swedish. The "C" of a bare system is no language."""
    code = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if code is None:
        code = locale.getlocale()[0] or DEFAULT  # Windows and macOS say it here
    return language(DEFAULT if code.split(".")[0] in ("", "C", "POSIX") else code)
