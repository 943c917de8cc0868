"""Every page of the phones in every format and state: named, reachable, narrow, large, and clean by axe where there is one.

`AXE=…/axe.min.js` adds axe-core to our own rules; it is not ours, so it is not here (`npm install axe-core`).
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web import browser
from tests.web.browser import Browser, Tab
from tests.web.conftest import TheRoom
from workshop_app import actions, formats
from workshop_app.actions import session, sort, table_deal, tables
from workshop_app.model.pairs import ASK_PHONES, ON
from workshop_app.model.trouble import Refused
from workshop_app.store import queries

pytestmark = pytest.mark.long
Start = Callable[..., TheRoom]
NARROW = 320
MOST_STOPS = 120  # of Tab on one screen
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLED = (
    "document.getAnimations().forEach(function (a) { try { a.finish(); } catch (_endless) { a.cancel(); } })"
)
# what a person could not name, reach or tell apart, and whether anything is wider than the screen
RULES = """(function () {
  var out = [], seen = {}, shown = function (n) { return !!n.getClientRects().length; };
  document.querySelectorAll('[id]').forEach(function (n) {
    if (seen[n.id]) { out.push('twice #' + n.id); }
    seen[n.id] = true;
  });
  if (!document.documentElement.lang) { out.push('no language'); }
  if (document.querySelectorAll('h1').length !== 1) { out.push('headings: ' + document.querySelectorAll('h1').length); }
  document.querySelectorAll('input:not([type=hidden]), textarea, select').forEach(function (n) {
    if (!(n.labels || []).length && !n.getAttribute('aria-label') && !n.getAttribute('aria-labelledby')) {
      out.push('no label ' + n.outerHTML);
    }
  });
  document.querySelectorAll('a[href], button').forEach(function (n) {
    if (shown(n) && !n.textContent.trim() && !n.getAttribute('aria-label')) { out.push('no name ' + n.outerHTML); }
    if (shown(n) && n.tabIndex < 0) { out.push('out of reach ' + n.outerHTML); }
  });
  document.querySelectorAll('[aria-describedby], [aria-labelledby]').forEach(function (n) {
    var ids = (n.getAttribute('aria-describedby') || '') + ' ' + (n.getAttribute('aria-labelledby') || '');
    ids.split(' ').forEach(function (id) {
      if (id && !document.getElementById(id)) { out.push('points at nothing #' + id); }
    });
  });
  return out;
})()"""
# what the page is made of; two pages that are made alike need to be looked at once
MADE_OF = """Array.from(document.querySelectorAll('body *'), function (n) {
  var shown = n.getClientRects().length ? '' : '-';
  return shown + n.tagName + (n.type || '') + n.className + (n.getAttribute('role') || '');
}).filter(function (made, at, all) { return made !== all[at - 1]; }).join()"""
FORM = "(document.getElementById('form') || Array.from(document.querySelectorAll('main form')).pop())"
FILL = """(function () {
  var done = {}, to = FORM;
  if (!to) { return false; }
  to.noValidate = true;
  to.querySelectorAll('textarea, input[type=text], select, input[type=radio], input[type=checkbox]').forEach(function (n) {
    if (n.type === 'radio' || n.type === 'checkbox') {
      if (!done[n.name] && n.value !== 'other') { n.checked = true; done[n.name] = true; }
    } else if (n.tagName === 'SELECT') { n.selectedIndex = n.options.length - 1; }
    else if (!n.value && n.name !== 'role_other' && n.name !== 'back') {
      n.value = n.inputMode === 'numeric' ? '3' : 'Ett ord åäö';
    }
  });
  return true;
})()""".replace("FORM", FORM)
SEND = """(function () {
  var to = FORM, by = to.querySelector('.primary');
  to.noValidate = true;
  if (to.requestSubmit && by) { to.requestSubmit(by); } else { to.submit(); }
})()""".replace("FORM", FORM)


# a card goes away by itself: its field is empty, and nothing waits on the phone
SENT = (
    "(document.querySelector('form[data-send=card] #text') && !document.getElementById('text').value"
    " && !document.querySelector('#own .saved'))"
)


class Eye:
    """Looks at pages and keeps what was found, page by page."""

    def __init__(self) -> None:
        source = os.environ.get("AXE", "")
        self.axe = Path(source).read_text("utf-8") if source else ""
        self.found: dict[str, list[str]] = {}
        self.made: set[str] = set()
        self.looked: list[str] = []
        self.script = True  # whether the phones that are looked at have one

    def look(self, tab: Tab, name: str) -> None:
        """Holds a page against every rule, on a narrow phone, with text twice as large, and on a desk."""
        made = str(tab.js(MADE_OF))
        if made in self.made:
            return
        self.made.add(made)
        self.looked.append(name)
        # a page without a script stands still; what looks at it may run all the same
        tab.call("Emulation.setScriptExecutionDisabled", value=False)
        tab.js(SETTLED)
        said = list(tab.js(RULES))
        for width in (NARROW, 1280):
            tab.size(width, 720)
            said += [f"{width}: {one}" for one in self._axe(tab)]
            if tab.js("document.documentElement.scrollWidth") > width:
                said.append(f"wider than {width}")
        tab.size(2 * NARROW, 720)
        tab.js("document.documentElement.style.fontSize = '200%'")
        if tab.js("document.documentElement.scrollWidth") > 2 * NARROW:
            said.append("wider than the screen with large text")
        tab.js("document.documentElement.style.fontSize = ''")
        tab.size(NARROW, 720)
        tab.call("Emulation.setScriptExecutionDisabled", value=not self.script)
        if said:
            self.found[name] = said

    def _axe(self, tab: Tab) -> list[str]:
        if not self.axe:
            return []
        tab.js(f"void (window.axe || (function () {{ {self.axe}\n }})())")
        options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
        told = tab.js(
            f"axe.run(document, {options}).then(function (r) {{ return r.violations.map(function (v) {{"
            "return v.id + ': ' + v.nodes.map(function (n) { return n.html.slice(0, 120); }).join(' | '); }); })"
        )
        return list(told)


@pytest.fixture
def eye() -> Iterator[Eye]:
    """Fails in the end if anything was found on any page."""
    one = Eye()
    yield one
    print(f"{len(one.looked)} pages looked at: {', '.join(one.looked)}")
    assert one.looked and not one.found, json.dumps(one.found, ensure_ascii=False, indent=1)


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser.running(tmp_path_factory.mktemp("profile")) as made:
        yield made


def home(room: TheRoom, query: str = "") -> str:
    return f"http://{room.server.host}:{room.server.port}/{room.server.token}/{query}"


KEY = "(document.querySelector('main form [name=key]') || {}).value"
WHERE = (
    "[document.body.dataset.view, document.title, (document.querySelector('h1') || {}).textContent,"
    "(document.querySelector('[name=at]') || {}).value].join('|')"
)


def where(tab: Tab) -> str:
    return str(tab.js(WHERE))


def send(tab: Tab, script: bool) -> None:
    """Sends the form as a browser does, and waits for what comes."""
    if script and tab.js(f"{FORM}.hasAttribute('data-send')"):
        before = json.dumps(tab.js(KEY) or "")
        tab.js(SEND)
        tab.wait(
            f"{KEY} !== {before} || document.querySelector('[data-message], .error, #own .held') || {SENT}"
        )
    else:
        tab.js("window.__left = true")
        tab.js(SEND)
        tab.wait("!window.__left && document.readyState === 'complete'")


def walk(tab: Tab, eye: Eye, name: str, script: bool) -> None:
    """One step as a phone goes through it: as it comes, sent with nothing in it, and filled in, screen by screen."""
    eye.look(tab, name)
    seen: set[str] = set()
    while tab.js("!!document.querySelector('main form .primary')") and where(tab) not in seen:
        if not seen and not script:
            send(tab, script)
            eye.look(tab, f"{name}, nothing in it")
        seen.add(where(tab))
        if not tab.js(FILL):
            return
        send(tab, script)
        eye.look(tab, f"{name}, sent {len(seen)}")


def joined(phones: Browser, room: TheRoom, script: bool = True) -> Tab:
    """A phone that has chosen its role."""
    tab = phones.phone(NARROW, 720, script=script)
    tab.open(home(room))
    tab.js(FILL)
    send(tab, script)
    return tab


def furnish(room: TheRoom) -> None:
    """What steps ask about: needs and goals of the leader's own, and the draft of a comment round."""
    for title in ("Komma ut", "Komma in"):
        room.need(title, who="äldre", function="komma ut", situation="på vintern", effect="bo kvar")
    room.do(actions.goals.add_goals, titles=["Mål 11"], source="Agenda 2030")
    if any(step.items == "paragraphs" for step in queries.format_of(room.file).steps):
        room.do(actions.comment_round.set_draft, paragraphs=["Svar inom 30 minuter.", "Dygnet runt."])


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_every_step_of_every_format(
    start_room: Start, phones: Browser, eye: Eye, name: str, script: bool
) -> None:
    room, eye.script = start_room(format_id=name), script
    furnish(room)
    tab = phones.phone(NARROW, 720, script=script)
    tab.open(home(room))
    walk(tab, eye, f"{name} join", script)
    for step in queries.format_of(room.file).steps[1:]:
        try:
            room.go(step.id)
        except Refused:  # a dialogue has rules for its order
            continue
        tab.open(home(room))
        walk(tab, eye, f"{name} {step.id}", script)
    room.do(actions.agenda.pause_phones)
    tab.open(home(room))
    eye.look(tab, f"{name} paused")


def by_keys(tab: Tab) -> None:
    """One screen filled in and sent with keys alone: Tab to each control, Space, arrows and words, Enter on the way on."""
    done: set[str] = set()
    for _ in range(MOST_STOPS):
        tab.press("Tab")
        tag, kind, name, main = tab.js(
            "(function (e) { return [e.tagName, e.type || '', e.name || e.id, !!(e.closest('main') && e.matches('.primary'))]; })"
            "(document.activeElement)"
        )
        if main:
            tab.press("Enter")
            return
        if name in done or name in ("back", "role_other"):
            continue
        done.add(name)
        if kind in ("radio", "checkbox"):
            tab.press("Space")
        elif tag == "SELECT":
            tab.press("Down")
        elif tag in ("INPUT", "TEXTAREA"):
            tab.type("3" if tab.js("document.activeElement.inputMode") == "numeric" else "Ett ord åäö")
    raise AssertionError(f"Tab never comes to the way on: {tab.text()[:500]}")


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_every_format_by_keys_alone(start_room: Start, phones: Browser, name: str) -> None:
    room = start_room(format_id=name)
    furnish(room)
    tab = phones.phone()
    tab.open(home(room))
    by_keys(tab)
    tab.wait("document.body.dataset.view !== 'join'")
    sent = 0
    for step in queries.format_of(room.file).steps[1:]:
        try:
            room.go(step.id)
        except Refused:  # a dialogue has rules for its order
            continue
        tab.open(home(room))
        if tab.js(
            "!!document.querySelector('main form[data-send] .primary') && document.body.dataset.view !== 'read'"
        ):
            before, key = len(room.stored()), json.dumps(tab.js(KEY))
            by_keys(tab)
            tab.wait(f"{KEY} !== {key} || {SENT}")
            assert len(room.stored()) == before + 1, (step.id, tab.text())
            sent += 1
    assert sent


def test_what_else_a_phone_may_show(room: TheRoom, phones: Browser, eye: Eye) -> None:
    tab = phones.phone(NARROW, 720)
    outside = f"http://{room.server.host}:{room.server.port}/"
    for url in (
        outside,
        f"{outside}?code=CCCCCC",
        f"{outside}nothing",
        home(room),
        home(room, "?without=role"),
    ):
        tab.open(url)
        eye.look(tab, url)
    tab.open(home(room))
    tab.js("document.getElementById('back').closest('details').open = true")
    tab.js("document.getElementById('back').value = 'CCC CCC'")
    tab.js("document.getElementById('back').form.submit()")
    tab.see("Ingen här har den koden")
    eye.look(tab, "a code that nobody has")
    tab = joined(phones, room)
    room.go("challenges")
    tab.wait("!!document.getElementById('text')")
    for text in ("Vi måste ha en app", "Det är mörkt i trappan"):
        tab.js(f"document.getElementById('text').value = '{text}'")
        send(tab, True)
        eye.look(tab, f"sent {text}")
        tab.open(home(room))
    tab.js("document.querySelector('#ready button').click()")
    tab.see("Du har sagt att du är klar")
    eye.look(tab, "done")
    receipt = room.stored("challenges")[-1].receipt
    for do in ("correct", "withdraw"):
        tab.open(home(room, f"?own={receipt}&do={do}"))
        walk(tab, eye, do, True)
    tab.open(home(room, "?lang=en"))
    eye.look(tab, "in English")
    tab.js("document.getElementById('text').value = 'Half written'")
    tab.network(False)
    tab.wait("!document.getElementById('waiting').hidden")
    tab.js(SEND)
    tab.wait("!!document.querySelector('#own .saved')")
    eye.look(tab, "no network")
    tab.network(True)
    tab.wait("document.getElementById('waiting').hidden && !document.querySelector('#own .saved')")
    tab.js("document.getElementById('text').value = 'Half written'")
    room.go("read")
    tab.wait("!document.getElementById('moved').hidden")
    eye.look(tab, "the room has moved")
    room.go("challenges")
    me = next(p.participant for p in queries.phones(room.file))
    room.do(actions.ask.mute, participant=me)
    tab.open(home(room))
    tab.js("document.getElementById('text').value = 'Muted'")
    tab.js(SEND)
    tab.wait("!!document.querySelector('#own [data-key]')")
    eye.look(tab, "muted")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_sorting_pairs_and_tables(room: TheRoom, phones: Browser, eye: Eye, script: bool) -> None:
    eye.script = script
    room.go("challenges")
    for n in range(6):
        room.do(
            actions.ask.type_card, text=f"{('Svaret dröjer', 'Trappan är hal', 'Priset styr')[n % 3]} {n}"
        )
    tab = joined(phones, room, script)
    tab.open(home(room))
    tab.js("document.getElementById('text').value = 'Sent för stängning'")
    room.go("groups")
    if not script:
        send(tab, False)
        eye.look(tab, "sent to a step that is closed")
    room.do(session.set_setting, key=ASK_PHONES, value=ON)
    tab.open(home(room))
    for number in range(3):
        walk(tab, eye, f"pair {number}", script)
        tab.open(home(room))
    room.do(sort.start, hands=sort.plan(room.file, hand=3, round=1), hand=3, seconds=300)
    tab.open(home(room))
    eye.look(tab, "a card to sort")
    room.do(sort.pause)
    tab.open(home(room))
    eye.look(tab, "sorting paused")
    room.do(sort.resume)
    for number in range(4):
        tab.open(home(room))
        if not tab.js("!!document.querySelector('#sort .act.new')"):
            break
        eye.look(tab, f"sorted {number}")
        tab.js("window.__left = true" if not script else "void 0")
        tab.js("document.querySelector('#sort .act.new').click()")
        tab.wait("!window.__left && document.readyState === 'complete'")
    eye.look(tab, "sorted all")
    room.do(sort.stop)
    room.do(tables.set_tables, names=["Fönstret", "Dörren"])
    plan = table_deal.plan(room.file, "split")
    room.do(sort.start, hands=plan.hands, hand=6, seconds=300, tables="split", table_cards=plan.tables)
    tab.open(home(room))
    walk(tab, eye, "which table", script)
    room.do(sort.stop)
    room.go("formulate")
    for query in ("", "?write=1"):
        tab.open(home(room, query))
        walk(tab, eye, f"scribe {query}", script)
    tab.open(home(room, "?write=2&table=Bord"))
    walk(tab, eye, "scribe's draft", script)


def test_the_question_list(start_room: Start, phones: Browser, eye: Eye) -> None:
    room = start_room(format_id="supplier_conference")
    asked = room.do(actions.question_list.ask, question="Hur många lägenheter?", raised_in="phone")
    room.do(actions.question_list.reply, entry=asked, answer="400", by_role="Upphandlare")
    tab = phones.phone(NARROW, 720)
    for name in ("empty", "one answer"):
        tab.open(home(room, "?page=questions"))
        eye.look(tab, name)
        if name == "empty":
            room.do(actions.question_list.publish, entries=[asked])
