"""A comment round on a draft: numbered paragraphs, comments of five kinds, and an answer to every comment."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workshop_app.i18n import N_, Language
from workshop_app.model import statement
from workshop_app.model.need import Need
from workshop_app.model.request import Rfi, asked_about, standard

KINDS: Mapping[str, str] = {
    "unclear": N_("Unclear"),
    "costly": N_("Drives cost"),
    "excludes": N_("Excludes somebody"),
    "wrong": N_("Wrong"),
    "good": N_("Good"),
}
LONGEST = 4000  # of one paragraph
MOST = 200  # paragraphs


@dataclass(frozen=True)
class Comment:
    """One comment and its answer. Who wrote it is no part of it."""

    id: int
    paragraph: int
    kind: str
    text: str
    source: str  # "phone", "paper" (typed by the leader) or "import"
    answer: str = ""
    answered_by: str = ""
    published_at: datetime | None = None

    @property
    def answered(self) -> bool:
        """Whether it has its answer."""
        return bool(self.answer.strip())


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph of the draft with what was said of it, in the order it came."""

    id: int
    number: int
    text: str
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class CommentRound:
    """The whole round, for the leader's eyes. `final_at` is None while a comment waits for its answer."""

    title: str = ""
    about: str = ""
    closes_on: str = ""
    final_at: datetime | None = None
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def comments(self) -> tuple[Comment, ...]:
        """Every comment, by paragraph."""
        return tuple(c for p in self.paragraphs for c in p.comments)

    @property
    def waiting(self) -> tuple[Comment, ...]:
        """Comments without an answer."""
        return tuple(c for c in self.comments if not c.answered)

    def counts(self) -> Counter[str]:
        """How many comments of each kind."""
        return Counter(c.kind for c in self.comments)


def paragraphs_of(text: str) -> list[str]:
    """A draft taken apart: a blank line ends a paragraph, and a number before one is ours to set anew."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return [re.sub(r"^\d{1,3}[.)]\s+", "", part) for part in parts if part]


def draft_of_request(rfi: Rfi, needs: Sequence[Need], lang: Language, language: str) -> list[str]:
    """The request for information as paragraphs to comment on; `language` is that of the needs."""
    out = [" ".join(part.split()) for part in rfi.background.split("\n\n") if part.strip()]
    for need in asked_about(needs, rfi.needs):
        f = need.fields
        out.append(f"{need.title}: {statement.statement(f, language)}")
        if f["requirement"]:
            check = (
                f" {lang('How it is checked')}: {f['requirement_check']}" if f["requirement_check"] else ""
            )
            out.append(f"{lang('Function requirement')}: {f['requirement'].rstrip('.')}.{check}")
    return [*out, *standard(rfi, lang), *rfi.questions]
