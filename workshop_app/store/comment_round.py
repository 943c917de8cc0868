"""Reads a comment round: the draft, the comments and their answers."""

from collections import defaultdict
from datetime import datetime

from workshop_app.model.comments import Comment, CommentRound, Paragraph
from workshop_app.store.people import time_of
from workshop_app.store.session_file import SessionFile


def comment_round(file: SessionFile) -> CommentRound:
    """The whole round, for the leader; an empty one where there is none."""
    said: defaultdict[int, list[Comment]] = defaultdict(list)
    for row in file.select("SELECT * FROM comment ORDER BY id"):
        plain = {name: row[name] for name in ("id", "kind", "text", "source", "answer", "answered_by")}
        out = _maybe(row["published_at"])
        said[row["paragraph_id"]].append(Comment(paragraph=row["paragraph_id"], published_at=out, **plain))
    paragraphs = tuple(
        Paragraph(row["id"], row["number"], row["text"], tuple(said[row["id"]]))
        for row in file.select("SELECT * FROM paragraph ORDER BY number")
    )
    cover = next(iter(file.select("SELECT * FROM comment_round")), None)
    if cover is None:
        return CommentRound(paragraphs=paragraphs)
    # a phone may comment after the round was made final: it is open again until that is answered too
    waits = any(not c.answered for p in paragraphs for c in p.comments)
    return CommentRound(
        title=cover["title"],
        about=cover["about"],
        closes_on=cover["closes_on"],
        final_at=None if waits else _maybe(cover["final_at"]),
        paragraphs=paragraphs,
    )


def paragraphs(file: SessionFile) -> tuple[Paragraph, ...]:
    """The draft alone, for those who are to comment on it."""
    rows = file.select("SELECT * FROM paragraph ORDER BY number")
    return tuple(Paragraph(row["id"], row["number"], row["text"]) for row in rows)


def _maybe(text: str | None) -> datetime | None:
    return time_of(text) if text else None
