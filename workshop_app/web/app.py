"""The routes that phones have, and no others: code, page, answer, stream and assets."""

import asyncio
import hmac
import logging
import math
import time
from uuid import uuid4

from aiohttp import web

from workshop_app import i18n, invite
from workshop_app.actions import ask
from workshop_app.actions import own as own_actions
from workshop_app.formats import Step
from workshop_app.i18n import N_, Language
from workshop_app.model.trouble import Refused, Trouble
from workshop_app.store.session_file import SessionFile
from workshop_app.web import forms, hints, known, limits, own, replies, warming
from workshop_app.web.assets import assets
from workshop_app.web.committed import Committed
from workshop_app.web.live import NAMELESS, Live
from workshop_app.web.pages import Pages
from workshop_app.web.reader import Reader
from workshop_app.web.values import Asker, Page, Typed

LOG = logging.getLogger("workshop.web")
LONGEST_KEY = 100

NO_PAGE = N_("Scan the code on the screen again, or type it.")
FOREIGN = N_("This address is not ours. Scan the code on the screen again.")
TOO_LARGE = N_("This was too much to receive at once. Go back, your text is still there, and shorten it.")
UNREADABLE = N_("This could not be read as a form. Go back and send it again.")
TOO_FAST = N_("This phone sends very fast. Wait a few seconds and send again; your text is still here.")
NOT_STORED = N_(
    "Nothing was stored, the computer in the room cannot write right now. Your text is still here. "
    "Tell the leader, and send again in a while."
)
OUR_FAULT = N_(
    "Something broke in the program. What was received before is kept. Try again, or take a paper card."
)
WRONG_CODE = N_("That is not the code. Look at the screen and type it again.")
WAIT = N_("Too many tries. Wait {n} seconds and type the code again.")

NOBODYS = N_(
    "Nobody here has that code. Look at the bottom of the page you had before, or choose your role below."
)
NO_COOKIE = N_(
    "This browser keeps no cookies, so it cannot be known again. Choose your role below; what you sent before is kept."
)


class NotFound(Exception):
    """There is nothing of ours at this address."""


class PhoneApp:
    """The application of one session file; `live` and `reader` belong to the server's loop."""

    def __init__(self, file: SessionFile, rate_limit: bool = True) -> None:
        file = file.for_phones()
        self.reader = Reader(file)
        self.pages = Pages(self.reader)
        self.live = Live(self.reader, self.pages.pairs)
        self._committed = Committed(file)
        self.token = self.reader.session().token
        self._token = self.token.encode()
        self._buckets = limits.Buckets() if rate_limit else None
        self._codes, self._own_codes = limits.CodeGuard(), limits.CodeGuard()
        self._own_tries = limits.Buckets()
        self._asked_at = time.monotonic()  # the first phones may come at once

    # Before and around every answer ---------------------------------------------------

    async def respond(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to any request; what goes wrong is put as a page, and what is not ours is not found."""
        self._asked_at = time.monotonic()
        if "Expect" in request.headers:  # some programs wait for this before they send what they have
            await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        answer = await self._guarded(request)
        if not answer.prepared:
            limits.dress(answer)
        return answer

    async def _guarded(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            if not limits.right_host(request) or (
                request.method == "POST" and not limits.right_origin(request)
            ):
                return self._message(request, 421, FOREIGN)
            return await self._route(request)
        except NotFound:
            return self._message(request, 404, NO_PAGE)
        except limits.TooLarge:
            answer = self._message(request, 413, TOO_LARGE)
            answer.force_close()
            return answer
        except forms.Unreadable:
            return self._message(request, 422, UNREADABLE)
        except Trouble:
            LOG.warning("the session file could not be read for a phone", exc_info=True)
            return self._message(request, 503, NOT_STORED)
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception:
            LOG.exception("a phone's page broke")
            return self._message(request, 500, OUR_FAULT)

    async def _route(self, request: web.BaseRequest) -> web.StreamResponse:
        """The few places there are: / for the code, and below the token the page, its stream, its steps and assets."""
        method = request.method
        match request.path.split("/")[1:]:
            case [""] if method in ("GET", "HEAD", "POST"):
                return await self._code(request)
            case [token, *below] if self._is_ours(token):
                match method, below:
                    case "POST", ["steps", step]:
                        return await self._answer(request, step)
                    case (("GET" | "HEAD"), [""]):
                        return await self._page(request)
                    case "GET", ["events"]:
                        return await self._events(request)
                    case (("GET" | "HEAD"), ["assets", name]):
                        return self._asset(request, name)
                    case (("GET" | "HEAD"), [] | ["steps", _]):
                        # a reload of an answer, or an address typed without its last stroke, leads to the page itself
                        return self._to_home()
        raise NotFound

    def prepare(self) -> None:
        """Does what the first phones of a room would else stand in line for: the join form and the step's own page."""
        content = self.reader.session().language
        lang = i18n.language(content)
        askers = [Asker("", lang, self.token, nameless) for nameless in (False, True)]
        warming.at_once((self.pages.current(who) for who in askers), self.token, content)

    async def warm(self) -> None:
        """Does the rest of that bit by bit."""
        await warming.bit_by_bit(lambda: self._asked_at)

    def _is_ours(self, token: str) -> bool:
        return hmac.compare_digest(token.encode("utf-8", "replace"), self._token)

    # Who asks -------------------------------------------------------------------------

    def _language(self, request: web.BaseRequest) -> Language:
        for code in (request.query.get("lang", ""), request.cookies.get(replies.LANGUAGE_COOKIE, "")):
            if code in i18n.available():
                return i18n.language(code)
        return i18n.language(self.reader.session().language)

    def _participant(self, cookie: str) -> str:
        return self.reader.same(known.participant(self.token, cookie))

    def _asker(self, request: web.BaseRequest, cookie: str, nameless: bool = False) -> Asker:
        participant = self._participant(cookie)
        self.live.saw(participant)
        without = request.query.get("without") == "role"
        return Asker(participant, self._language(request), self.token, nameless or without, request.query)

    # Routes ---------------------------------------------------------------------------

    async def _code(self, request: web.BaseRequest) -> web.StreamResponse:
        lang, typed, message, status = self._language(request), request.query.get("code", ""), "", 200
        if request.method == "POST":
            typed = forms.one(forms.read(await limits.body(request), request.content_type), "code")
        if typed:
            address, tidy = request.remote or "", invite.tidy_code(typed[:40])
            wait = self._codes.wait(address)
            if wait:
                message, status = lang(WAIT).format(n=math.ceil(wait)), 429
            elif self._codes.right(address, tidy, self.reader.session().short_code):
                return self._to_home()
            else:
                message, status = lang(WRONG_CODE), 404
        context = replies.outside(lang) | {"message": message, "typed": typed[:40], "view": "code"}
        answer = replies.html(request, Page("code.html", context), status)
        if status == 429:
            answer.headers["Retry-After"] = str(math.ceil(wait))
        return replies.with_cookies(request, answer, "", "/")

    def _to_home(self) -> web.Response:
        return web.Response(status=303, headers={"Location": f"/{self.token}/"})

    async def _page(self, request: web.BaseRequest) -> web.StreamResponse:
        cookie = known.cookie(request)
        self.live.reached |= limits.from_another_device(request)
        moved = "" if self.reader.joined(self._participant(cookie)) else known.moved(request)
        who = self._asker(request, moved or cookie)
        await self.pages.sorter.ready(who.participant)
        await self.pages.pairs.ready()
        page = self.pages.current(who)
        page.context["pass_on"] = mine = moved or cookie or known.fresh()
        answer = replies.html(request, page)
        fresh = mine if mine != cookie else ""
        return replies.with_cookies(request, answer, fresh, f"/{self.token}/")

    def _asset(self, request: web.BaseRequest, name: str) -> web.StreamResponse:
        asset = assets().get(name)
        if asset is None:
            raise NotFound
        return replies.asset(request, asset)

    async def _events(self, request: web.BaseRequest) -> web.StreamResponse:
        participant = self._participant(known.cookie(request))
        who = participant or f"{NAMELESS}{request.remote}/{id(request.transport)}"
        self.live.saw(who)
        if ping := request.query.get("ping"):
            if limits.from_another_device(request):
                self.live.pong(ping)
            return web.json_response(self.live.state())
        if "unsent" in request.query and self.reader.joined(participant):
            self.live.holds(participant, request.query)
        if request.query.get("report"):
            return web.Response(status=204)
        if request.query.get("poll"):
            polled = participant or f"{NAMELESS}{request.remote}"
            return web.json_response(self.live.poll(polled))
        answer = web.StreamResponse()
        answer.headers["Content-Type"] = "text/event-stream; charset=utf-8"
        limits.dress(answer)
        await answer.prepare(request)
        request.protocol.streaming = True  # type: ignore[attr-defined]
        try:
            await self.live.stream(answer, request.transport, who)
        finally:
            request.protocol.streaming = False  # type: ignore[attr-defined]
        return answer

    async def _answer(self, request: web.BaseRequest, name: str) -> web.StreamResponse:
        step = self._step(name)
        given = forms.read(await limits.body(request), request.content_type)
        cookie, fresh, joins = known.cookie(request), "", self.reader.joins(step)
        if joins and "back" in given:
            return await self._come_back(request, cookie, invite.tidy_code(forms.one(given, "back")[:40]))
        # the page with the form left a cookie: who joins without it keeps none, and goes on without a role
        nameless = not cookie if joins else not self.reader.joined(self._participant(cookie))
        if joins and not cookie:
            cookie = fresh = known.fresh()
        who = self._asker(request, cookie, nameless)
        wait = self._wait(who, request.remote or "")
        if wait:
            return self._refused(request, who, step, given, 429, Refused(TOO_FAST), wait)
        try:
            stored = await self._asked(who, step, given)
            content = self.reader.session().language
            asks = not replies.wants_json(request)
            hint = await hints.meanwhile(step, given, content, who.lang) if asks else None
            receipt = await stored or ask.Receipt("", True, 0)
        except ask.StepClosed as trouble:
            return self._refused(request, who, step, given, 403, trouble)
        except ask.KeyReused as trouble:
            return self._refused(request, who, step, given, 409, trouble)
        except ask.Withdrawn as trouble:
            return self._refused(request, who, step, given, 410, trouble)
        except Refused as trouble:
            return self._refused(request, who, step, given, 422, trouble)
        except Trouble as trouble:
            LOG.warning("an answer could not be stored: %s", trouble.message)
            return self._refused(request, who, step, given, 503, Refused(NOT_STORED), 5.0)
        except (forms.Unreadable, asyncio.CancelledError):
            raise
        except Exception:
            LOG.exception("an answer broke the program")
            return self._refused(request, who, step, given, 500, Refused(OUR_FAULT))
        await self.pages.sorter.ready(who.participant)
        await self.pages.pairs.ready()
        answer = self._received(request, who, step, given, receipt, hint)
        return replies.with_cookies(request, answer, fresh, f"/{self.token}/")

    async def _come_back(self, request: web.BaseRequest, cookie: str, code: str) -> web.Response:
        """A phone that is new here shows the code of who it was; tries are slowed for each address, and for all together."""
        who, address = self._asker(request, cookie), request.remote or ""
        if self.reader.joined(who.participant):
            return self._to_home()
        wait = self._own_codes.wait(address) or self._own_tries.take("")
        before = "" if wait or not cookie else self.reader.by_code(self.token, code)
        if before:
            self._own_codes.counted(address, right=True)
            phone = known.participant(self.token, cookie)
            await self._committed.perform(own_actions.come_back, phone=phone, participant=before)
            return self._to_home()
        page, status = self.pages.join(who), 429 if wait else 422
        said = (
            who.lang(WAIT).format(n=math.ceil(wait)) if wait else who.lang(NOBODYS if cookie else NO_COOKIE)
        )
        if not wait and cookie:
            self._own_codes.counted(address, right=False)
        page.context["back_message"] = said
        answer = replies.html(request, page, status)
        if wait:
            answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer

    def _step(self, name: str) -> Step:
        try:
            return self.reader.format().step(name)
        except KeyError:
            raise NotFound from None

    def _wait(self, who: Asker, address: str) -> float:
        if self._buckets is None:
            return 0.0
        # a cookie of which nothing is known proves nothing: anyone can make up a new one each time
        if self.reader.joined(who.participant):
            return self._buckets.take(who.participant)
        return self._buckets.take(NAMELESS + address, limits.AT_ONE_ADDRESS)

    # Answers --------------------------------------------------------------------------

    async def _asked(self, who: Asker, step: Step, given: forms.Given) -> asyncio.Future[ask.Receipt | None]:
        """What a form asks for is queued; done when it is safe on disk."""
        key = forms.one(given, "key").encode("utf-8", "replace").decode() or uuid4().hex
        if len(key) > LONGEST_KEY:
            raise forms.Unreadable
        fields = {k: v for k, v in forms.values(given, step).items() if k not in ("key", "at")}
        values = {"key": key, "fields": fields, "language": who.lang.code}
        asked = own.asked(given, step, who.participant, values, self.reader.joins(step))
        verb, values = await self.pages.sorter.with_cards(*asked)
        return self._committed.perform(verb, **values)

    def _received(
        self,
        request: web.BaseRequest,
        who: Asker,
        step: Step,
        given: forms.Given,
        receipt: ask.Receipt,
        hint: hints.Hint | None,
    ) -> web.Response:
        status = 200 if receipt.again else 201
        if replies.wants_json(request):
            told = {"receipt": receipt.code, "status": own.status_of(given)}
            return replies.told(told | self.pages.sorter.told(who, step), status)
        if "done" in given and self.reader.session().current_step == step.id:
            page = self.pages.again(who, step, Typed(given))
            return replies.html(request, page, status)
        if hint and hint.question and not receipt.again and self.reader.session().current_step == step.id:
            context = self.pages.hint(who, step, receipt.code, forms.one(given, "text"), hint)
            return replies.html(request, Page("hint.html", context), status)
        page = self.pages.after(who, step, given)
        page.context["receipt"] = receipt.code
        page.context["told"] = own.message(given, step, receipt.code, who.lang)
        if hint and hint.personal:
            page.context["message"] = hint.personal
        return replies.html(request, page, status)

    def _refused(
        self,
        request: web.BaseRequest,
        who: Asker,
        step: Step,
        given: forms.Given,
        status: int,
        trouble: Refused,
        wait: float = 0.0,
    ) -> web.Response:
        errors = trouble.fields if isinstance(trouble, ask.FieldTrouble) else {}
        said = {name: one.say(who.lang) for name, one in errors.items()}
        sentence = trouble.say(who.lang)
        if replies.wants_json(request):
            answer = replies.json_trouble(status, sentence, said)
        else:
            page = self._form_again(who, step, Typed(given, said, sentence), given)
            answer = replies.html(request, page, status)
        if wait:
            answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer

    def _form_again(self, who: Asker, step: Step, typed: Typed, given: forms.Given) -> Page:
        about, (way, receipt) = forms.one(given, "about"), own.way(given)
        if way == "withdraw" or (way == "correct" and self.reader.session().current_step == step.id):
            return self.pages.own_card(who, way, receipt, typed)
        if about and "underlying" in given:
            shown = hints.question(step, who.lang, typed.given, typed.errors)
            if shown is not None:
                return Page(
                    "hint.html", self.pages.hint(who, step, about, "", shown) | {"message": typed.message}
                )
        return self.pages.again(who, step, typed)

    def _message(self, request: web.BaseRequest, status: int, sentence: str) -> web.Response:
        """A page that is only a sentence; it knows the session only if the address did."""
        try:
            lang = self._language(request)
        except Trouble:
            lang = i18n.language("")
        if replies.wants_json(request):
            return replies.json_trouble(status, lang(sentence), {})
        inside = status != 421 and self._is_ours(request.path.split("/")[1])
        home = f"/{self.token}/" if inside else ""
        title = {404: N_("There is no page here"), 413: N_("This was not sent"), 422: N_("This was not sent")}
        context = replies.outside(lang) | {
            "here": home,
            "title": lang(title.get(status, N_("Not right now"))),
            "sentence": lang(sentence),
            "text": "",
            "view": "message",
        }
        return replies.html(request, Page("message.html", context), status)
