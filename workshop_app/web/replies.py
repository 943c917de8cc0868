"""How an answer is put: as a page or as JSON, packed, with its cookies."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from workshop_app import i18n
from workshop_app.i18n import Language
from workshop_app.web import draw, known
from workshop_app.web.assets import Asset
from workshop_app.web.values import Page

LANGUAGE_COOKIE = "lang"
KEPT_FOR = 90 * 24 * 3600

# What a phone's program gets for each status, beside the sentence for a person.
STATUS = {
    403: "closed",
    404: "not_found",
    405: "not_found",
    409: "key_reused",
    410: "withdrawn",
    413: "too_large",
    421: "foreign",
    422: "incomplete",
    429: "too_fast",
    500: "broken",
    503: "not_stored",
}
_JSON = {"Content-Type": "application/json; charset=utf-8"}
_json = json.JSONEncoder(ensure_ascii=False).encode


def html(request: web.BaseRequest, page: Page, status: int = 200) -> web.Response:
    """A page, packed if the browser takes it so."""
    body = draw.page(page).encode("utf-8", "replace")
    answer = web.Response(status=status, content_type="text/html", charset="utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, 1, mtime=0)
        answer.headers["Content-Encoding"] = "gzip"
    answer.body = body
    return answer


def asset(request: web.BaseRequest, kept: Asset) -> web.Response:
    """A file that never changes, packed if it has been and the browser takes it so."""
    packed = kept.packed is not kept.plain and "gzip" in request.headers.get("Accept-Encoding", "")
    answer = web.Response(body=kept.packed if packed else kept.plain)
    answer.headers["Content-Type"] = kept.type
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def told(what: Mapping[str, Any], status: int = 200) -> web.Response:
    """A small JSON answer."""
    return web.Response(body=_json(what).encode("utf-8", "replace"), status=status, headers=_JSON)


def with_cookies(request: web.BaseRequest, answer: web.Response, phone: str, path: str) -> web.Response:
    """The answer with the phone's own cookie, if it gets one now, and with the language it has just chosen."""
    if phone:
        answer.set_cookie(known.COOKIE, phone, max_age=KEPT_FOR, path=path, httponly=True, samesite="Lax")
    chosen = request.query.get("lang", "")
    if chosen in i18n.available():
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=KEPT_FOR, path="/", httponly=True, samesite="Lax")
    return answer


def wants_json(request: web.BaseRequest) -> bool:
    """Whether a program asks, and not a browser."""
    accept = request.headers.get("Accept", "")
    if "application/json" in accept:
        return True
    return request.content_type == "application/json" and "text/html" not in accept


def json_trouble(status: int, sentence: str, fields: Mapping[str, str]) -> web.Response:
    """Why something was not done, for a program: a word, a sentence for a person, and one for each field."""
    said: dict[str, Any] = {"status": STATUS.get(status, "refused"), "message": sentence}
    if fields:
        said["fields"] = dict(fields)
    return told(said, status)


def outside(lang: Language) -> dict[str, Any]:
    """What a page stands on that must not know the session."""
    return {"lang": lang, "code": lang.code, "home": "", "here": "", "signature": "", "step": None}
