"""How a phone is known again: by a random id in its cookie, of which the file holds only a fingerprint."""

import hashlib
import re
import secrets

from aiohttp import web

COOKIE = "phone"
HEADER = "Phone"  # how a page that moved to another of our addresses, where its cookie does not reach, says who it is
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def cookie(request: web.BaseRequest) -> str:
    """The phone's id as its cookie has it, "" without one that is ours."""
    return _ours(request.cookies.get(COOKIE, ""))


def moved(request: web.BaseRequest) -> str:
    """The id that a page brings from another address, "" for none."""
    return _ours(request.headers.get(HEADER, ""))


def fresh() -> str:
    """A new id."""
    return secrets.token_urlsafe(16)


def participant(token: str, id_: str) -> str:
    """The fingerprint of an id, so that nobody who reads the file can act as the phone; "" for no id."""
    return hashlib.sha256(f"{token}/{id_}".encode()).hexdigest()[:20] if id_ else ""


def _ours(id_: str) -> str:
    return id_ if _ID.fullmatch(id_) else ""
