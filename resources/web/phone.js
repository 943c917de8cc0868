// What the plain forms gain with a script: drafts, a queue that outlives a lost network, a counter, and the live step.
// Everything works without it. No secure context is needed: the room's address is plain http.
(function () {
"use strict";
var body = document.body, home = body.dataset.home, waitFor = 1000, sending = false, timer = 0, skew = 0, moved = null, mine = "", told = "";
var stream = null, live = false, last = 0, streamAt = 0, streamPause = 2000, polling = 0, over = false, trouble = "", giveUp = null, addresses = function () {};
if (!home || !window.fetch || !window.FormData || !window.URLSearchParams || !document.body.closest) { return; }
document.documentElement.classList.add("js");

// ---- small tools
function find(id) { return document.getElementById(id); }
function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
function say(name) { return find("words").content.querySelector("[data-name=" + name + "]").textContent; }
function show(node, yes) {
  if (!node || node.hidden === !yes) { return; }
  // a bar that comes or goes above must not move the box that somebody writes in
  var here = document.activeElement, before = here && main().contains(here) ? here.getBoundingClientRect().top : 0;
  node.hidden = !yes;
  if (before) { window.scrollBy(0, here.getBoundingClientRect().top - before); }
}
function main() { return find("main"); }
function form() { return document.querySelector("form[data-draft]"); }
// as people count, and as model/signs.py does: an emoji of several parts is one sign, a letter with its accents too
var joined = null, flag = null, marks = null;
try {
  joined = new RegExp("\\u200d.?", "gsu");
  flag = new RegExp("[\\u{1f1e6}-\\u{1f1ff}]{2}", "gu");
  marks = new RegExp("[\\p{M}\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}]", "gu");
} catch (_old) { marks = null; }
function length(text) {
  var words = text.trim();
  return Array.from(marks ? words.replace(joined, "").replace(flag, "x").replace(marks, "") : words).length;
}
function newKey() {
  var bytes = new Uint8Array(16);
  window.crypto.getRandomValues(bytes);
  return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
}
function keep(name, value) {
  try {
    if (value === null) { localStorage.removeItem(home + name); } else { localStorage.setItem(home + name, JSON.stringify(value)); }
    return true;
  } catch (_full) { return false; }
}
function kept(name) {
  try { return JSON.parse(localStorage.getItem(home + name)); } catch (_none) { return null; }
}
// ---- the queue: what has been sent from here and not yet been received there
var queue = kept("queue") || [], durable = keep("try", null);
function save() { durable = keep("queue", queue.length ? queue : null) && durable; }
function refresh() {
  // another tab may have sent or added something meanwhile
  if (durable) { queue = kept("queue") || []; }
}
function fields(sent) {
  var out = new URLSearchParams();
  new FormData(sent).forEach(function (value, name) { if (name !== "key") { out.append(name, value); } });
  return out.toString();
}
function onSubmit(event) {
  var sent = event.target, way = sent.getAttribute("data-send");
  if (!way) { return; }
  event.preventDefault();
  if (sent.getAttribute("aria-disabled")) { return; }
  var text = sent.querySelector("[name=text]");
  var one = { key: newKey(), url: sent.getAttribute("action"), body: fields(sent), way: way, step: body.dataset.step, text: text ? text.value : "", at: Date.now() };
  if (way === "card" && !one.text.trim()) { if (text) { text.focus(); } return; }
  refresh();
  queue.push(one);
  save();
  if (way === "card") {
    sent.reset();
    all("textarea, input[type=text]", sent).forEach(function (f) { f.value = ""; });
    forget(one);
    all("details", sent).forEach(function (d) { d.open = false; });
    all("[data-limit]", sent).forEach(count);
    drawQueue();
    if (text && event.isTrusted) { text.focus(); }
  } else if (way === "page") {
    mine = one.key;
    sent.setAttribute("aria-disabled", "true");
    all("button", sent).forEach(function (b) { b.setAttribute("aria-disabled", "true"); });
  }
  flush();
}
function next() { return queue.find(function (one) { return !one.held; }); }
function flush() {
  clearTimeout(timer);
  if (over) { return; }
  var one = next();
  if (!sending && !one) { report(); }
  if (sending || !one) { return; }
  sending = true;
  post(one).then(function (response) {
    if (response.status === 429 || response.status >= 500) { report(); throw new Error("busy"); }
    return response.text().then(function (html) { return take(one, response.status, html); });
  }).then(function () {
    lost("");
    waitFor = 1000;
    sending = false;
    flush();
  }, function (why) {
    sending = false;
    if (why !== "awake") { lost(why && why.message === "busy" ? "busy" : "lost"); }
    timer = setTimeout(flush, why === "awake" ? 0 : waitFor);
    waitFor = Math.min(waitFor * 2, 20000);
  });
}
function post(one) {
  var asleep = new Promise(function (_yes, no) { giveUp = no; });
  return Promise.race([ask(one.url, { method: "POST", body: one.body + "&key=" + one.key, headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html" } }, 8000), asleep]);
}
function ask(url, options, patience) {
  // a request that hangs in a lost network is given up; its key makes sending again harmless
  var cut = window.AbortController ? new AbortController() : null;
  var asked = fetch(url, Object.assign({ credentials: "same-origin", cache: "no-store" }, cut ? { signal: cut.signal } : {}, options));
  return Promise.race([asked, new Promise(function (_yes, no) { setTimeout(function () { no(new Error("slow")); if (cut) { cut.abort(); } }, patience || 8000); })]);
}
function take(one, status, html) {
  var page = new DOMParser().parseFromString(html, "text/html");
  refresh();
  if (status === 409) {
    queue.forEach(function (q) { if (q.key === one.key) { q.key = newKey(); } });
    save();
    return;
  }
  var good = status === 200 || status === 201;
  if (status === 410 && one.way === "card") {
    // it has been taken back meanwhile, perhaps from another tab: it is not to come again
    queue = queue.filter(function (q) { return q.key !== one.key; });
    save();
    notice(page);
    drawQueue();
    return;
  }
  if (!good && one.way === "card") {
    var said = page.querySelector("[data-message]");
    queue.forEach(function (q) { if (q.key === one.key) { q.held = said ? said.textContent.trim() : String(status); } });
    save();
    giveBack(one, page);
    drawQueue();
    return;
  }
  queue = queue.filter(function (q) { return q.key !== one.key; });
  save();
  if (one.way === "sign") {
    var said_ = page.getElementById("ready"), sign = find("ready");
    if (said_ && sign) { sign.replaceWith(document.importNode(said_, true)); } else if (sign) { notice(page); }
    return;
  }
  if (one.way === "marks") { if (!good) { go(body.dataset.here); } return; }
  if (one.way === "page" && good) { forget(one); }
  if (one.way === "card") {
    received(page);
  } else if (one.key === mine || !typing()) {
    swap(page);
  }
}
function giveBack(one, page) {
  // a card that was not accepted goes back into its box when the box is free, else it stays in the list
  var to = form(), box = to && to.querySelector("[name=text]");
  if (!box || one.step !== body.dataset.step || box.value.trim() || page.body.dataset.view === "kept") { return; }
  new URLSearchParams(one.body).forEach(function (value, name) {
    var field = to.querySelector("[name='" + name + "']:not([type=radio]):not([type=checkbox])");
    if (field) { field.value = value; }
  });
  all("[data-limit]", to).forEach(count);
  queue = queue.filter(function (q) { return q.key !== one.key; });
  save();
  notice(page, page.querySelector(".error span"));
}
function received(page) {
  if (page.body.dataset.view === "hint" && !typing() && !next()) { swap(page); return; }
  var own = page.getElementById("own"), here = find("own");
  if (own && here) { here.replaceWith(document.importNode(own, true)); }
  else { reread(); }
  notice(page);
  drawQueue();
}
function notice(page, why) {
  var news = page.getElementById("notice"), old = find("notice"), said = why || page.querySelector("[data-message]");
  if (old && said && (why || !news)) {
    old.innerHTML = "";
    var line = old.appendChild(document.createElement("p"));
    line.className = "bar attn";
    line.textContent = said.textContent;
  } else if (news && old) { old.innerHTML = ""; all("#notice > *", page).forEach(function (n) { old.appendChild(document.importNode(n, true)); }); }
}
function reread() {
  ask(body.dataset.here, {}).then(function (r) { return r.text(); }).then(function (html) {
    var page = new DOMParser().parseFromString(html, "text/html"), own = page.getElementById("own"), here = find("own");
    if (own && here) { here.replaceWith(document.importNode(own, true)); drawQueue(); }
  }, function () {});
}
function drawQueue() {
  var own = find("own"), cards = queue.filter(function (one) { return one.way === "card"; });
  if (!own && cards.length) { own = document.createElement("section"); own.id = "own"; main().appendChild(own); }
  all("#own .saved").forEach(function (n) { n.remove(); });
  if (own && cards.length) {
    var list = own.querySelector("ul");
    if (!list) { list = document.createElement("ul"); list.className = "cards"; own.appendChild(list); }
    cards.forEach(function (one) {
      var card = document.importNode(find("pending").content, true).firstElementChild;
      card.querySelector("[data-said]").textContent = one.text;
      card.dataset.key = one.key;
      if (one.held) {
        var why = card.querySelector("[data-why]");
        why.textContent = one.held;
        show(why, true);
        show(card.querySelector("[data-retry]"), true);
      }
      list.insertBefore(card, list.firstChild);
    });
  }
  var title = own && own.querySelector("h2"), waiting = cards.length;
  if (title) {
    if (!title.dataset.plain) { title.dataset.plain = title.textContent; }
    title.textContent = waiting ? say("own").replace("{received}", title.dataset.received).replace("{waiting}", waiting) : title.dataset.plain;
  }
}
// ---- contact with the room: "" when there is one, else "lost", "busy" (it answers, but cannot store now) or "gone" (closed by the leader)
function lost(why) {
  if (over) { return; }
  var n = queue.filter(function (one) { return !one.held && one.way === "card"; }).length, many = find("waiting-many"), strong = find("waiting-why");
  if (!trouble !== !why) { since = Date.now(); }
  trouble = why;
  show(find("lost"), why === "lost" || why === "gone");
  show(find("corner"), !(why === "lost" || why === "gone"));
  show(find("network"), why === "lost");
  if (why && strong.textContent !== say(why)) { strong.textContent = say(why); }
  show(find("waiting-none"), n === 0);
  show(find("waiting-one"), n === 1);
  show(find("waiting-many"), n > 1);
  many.textContent = many.dataset.words.replace("{n}", n);
  show(find("waiting"), !!why);
  // "received" stands for the card before: not while another waits here
  all("#notice .received").forEach(function (line) { show(line, !(why && n)); });
  var button = document.querySelector("form[data-send=card] .primary [data-label]");
  if (button) {
    if (!button.dataset.plain) { button.dataset.plain = button.textContent; }
    button.textContent = why ? say("save") : button.dataset.plain;
  }
  addresses(null);
}
var since = 0;
function unsent() { return queue.filter(function (one) { return one.way === "card"; }).length; }
function holds() {
  var to = form(), writing = to && all("textarea, input[type=text]", to).some(function (f) { return f.value.trim() !== ""; });
  return "unsent=" + unsent() + "&writing=" + (writing ? 1 : 0);
}
function report() {
  // the leader sees how many cards still lie on phones, and how many phones are being written on; never a word of it
  var now = holds();
  if (now === told) { return; }
  told = now;
  ask(home + "events?report=1&" + now, {}).then(function () {}, function () { told = ""; });
}
function drop() {
  if (stream) { stream.close(); }
  stream = null;
  live = false;
}
function follow() {
  drop();
  if (over) { return; }
  if (!window.EventSource) { poll(); return; }
  told = holds();
  last = Date.now();
  stream = new EventSource(home + "events?" + told);
  stream.addEventListener("step", function (event) { beat(); heard(JSON.parse(event.data)); });
  stream.addEventListener("beat", beat);
  stream.addEventListener("gone", function () { drop(); lost("gone"); later(3000); });
  stream.addEventListener("ping", function (event) { beat(); ask(home + "events?poll=1&ping=" + event.data, {}).then(null, function () {}); });
  // the browser would try again by itself, and not say whether it is the stream or the whole room that is out of reach
  stream.onerror = function () { drop(); poll(); };
}
function beat() {
  last = Date.now();
  live = true;
  streamPause = 2000;
  clearTimeout(polling);
  polling = 0;
}
function later(pause) { clearTimeout(polling); polling = setTimeout(poll, pause); }
function poll() {
  if (over) { return; }
  later(6000);
  ask(home + "events?poll=1&" + holds(), {}, 2500).then(function (r) { if (!r.ok) { throw new Error(); } return r.json(); }).then(function (state) {
    last = Date.now();
    if (live) { clearTimeout(polling); polling = 0; } else { later(4000); }
    heard(state);
    // where streams are stopped on the way, asking goes on and a stream is tried ever more seldom
    if (!stream && window.EventSource && Date.now() >= streamAt) {
      streamAt = Date.now() + streamPause;
      streamPause = Math.min(streamPause * 2, 60000);
      follow();
    }
  }, function () { drop(); lost(trouble === "gone" ? "gone" : "lost"); later(3000); });
}
function watch() {
  // a dead network says nothing: a stream without a sign of life for that long is asked about
  if (!document.hidden && !polling && Date.now() - last > (live ? 8000 : 4000)) { live = false; poll(); }
}
function wake() {
  // the page has slept: what was open then may be dead without knowing it
  waitFor = 1000;
  if (giveUp) { giveUp("awake"); }
  streamAt = 0;
  follow();
  poll();
  flush();
}
function heard(state) {
  document.dispatchEvent(new CustomEvent("room", { detail: state }));
  lost("");
  addresses(state);
  skew = Date.now() / 1000 - state.now;
  tell(state.ends);
  flush();
  var rests = find("rests");
  if (rests && state.page === body.dataset.state && state.pairs > rests.dataset.news) { rests.dataset.news = state.pairs; setTimeout(leave, Math.random() * 600); return; }
  if (state.page === body.dataset.state) { moved = null; show(find("moved"), false); return; }
  if (state.page === (moved && moved.page)) { return; }
  moved = state;
  if (typing()) { bar(state); } else { setTimeout(leave, Math.random() * 600); }
}
function typing() {
  // radios and ticks are quickly made again; words are not
  return all("form[data-send] textarea, form[data-send] input[type=text]").some(function (f) {
    return f.value.trim();
  });
}
function bar(state) {
  var box = find("moved");
  all("[data-words]", box).forEach(function (n) { n.textContent = n.dataset.words.replace("{n}", state.number); });
  show(box.querySelector("[data-do=send]"), !!find("form"));
  show(box, true);
}
function sendFirst() {
  var to = find("form"), text = to && to.querySelector("[name=text]");
  if (!to) { return; }
  // the step that was left takes no more, but a step that takes cards takes this one too
  if (text && moved && moved.cards) { to.setAttribute("action", home + "steps/" + moved.step); }
  if (typing()) { to.dispatchEvent(new Event("submit", { cancelable: true, bubbles: true })); }
  var tries = 0;
  (function wait() {
    if (!next() || tries > 40) { if (!typing()) { leave(); } return; }
    tries += 1;
    setTimeout(wait, 250);
  })();
}
function leave() { go(home + (body.dataset.here.split("?")[1] ? "?" + body.dataset.here.split("?")[1] : "")); }
function go(url) {
  return ask(url, { headers: { "Accept": "text/html" } }).then(function (r) {
    if (!r.ok) { throw new Error(); }
    return r.text();
  }).then(function (html) { swap(new DOMParser().parseFromString(html, "text/html")); }, function () { moved = null; lost("lost"); later(2000); });
}
function swap(page) {
  var fresh = page.getElementById("main");
  if (!fresh) { return; }
  main().replaceWith(document.importNode(fresh, true));
  ["corner", "own-code"].forEach(function (id) { var n = page.getElementById(id); if (n) { find(id).innerHTML = n.innerHTML; } });
  document.querySelector(".where span").textContent = page.querySelector(".where span").textContent;
  ["state", "view", "step", "here"].forEach(function (name) { body.dataset[name] = page.body.dataset[name] || ""; });
  document.title = page.title;
  moved = null;
  show(find("moved"), false);
  try { history.replaceState(null, "", body.dataset.here || home); } catch (_no) { /* the page works at any address */ }
  ready();
  window.scrollTo(0, 0);
  var title = main().querySelector("h1");
  if (title) { title.focus({ preventScroll: true }); }
}
// ---- time, counter, drafts
var ends = null;
function tell(at) { ends = at; tick(); }
function tick() {
  var corner = find("corner"), shown = corner.querySelector("[data-ends]");
  if (corner.querySelector("a") || (corner.textContent.trim() && !shown)) { return; }
  if (!shown) { shown = document.createElement("span"); shown.setAttribute("data-ends", ""); corner.appendChild(shown); }
  if (!ends) { shown.textContent = ""; return; }
  var left = Math.round(ends - (Date.now() / 1000 - skew)), second = ("0" + left % 60).slice(-2);
  shown.textContent = left > 0 ? say("left").replace("{time}", Math.floor(left / 60) + ":" + second) : say("over");
}
function count(field) {
  var told = find(field.id + "-count"), most = Number(field.dataset.limit), n = length(field.value);
  if (!told) { return; }
  told.textContent = n > most ? say("toomany").replace("{n}", n - most) : say("count").replace("{n}", n).replace("{all}", most);
  told.classList.toggle("over", n > most);
}
function written(to) { return all("textarea:not([readonly]), input[type=text]", to); }
function draft() {
  var to = form(), words_ = to && kept("draft:" + body.dataset.step) || {};
  if (!to) { return; }
  written(to).forEach(function (f) { if (f.value) { words_[f.name] = f.value; } else { delete words_[f.name]; } });
  keep("draft:" + body.dataset.step, Object.keys(words_).length ? words_ : null);
}
function forget(one) {
  // what has been sent is no draft any more; what was written about another need still is
  var words_ = kept("draft:" + one.step);
  if (!words_) { return; }
  new URLSearchParams(one.body).forEach(function (_value, name) { delete words_[name]; });
  keep("draft:" + one.step, Object.keys(words_).length ? words_ : null);
}
function restore() {
  var to = form(), known = to && kept("draft:" + body.dataset.step);
  if (!known) { return; }
  written(to).forEach(function (f) {
    if (known[f.name] && !f.value) { f.value = known[f.name]; var more = f.closest("details"); if (more) { more.open = true; } }
  });
}
function sentence() {
  // as the file says it when it has been received: spaces and stops at the ends go, and words said twice
  var to = document.querySelector("form[data-parts]"), twice = {
    sv: { "function": /^(?:behöver\s+)?(?:kunna\s+|att\s+kunna\s+|att\s+)/i, effect: /^så\s+att\s+/i },
    en: { "function": /^(?:needs?\s+)?(?:to\s+be\s+able\s+to|be\s+able\s+to|to)\s+/i, effect: /^so\s+that\s+/i }
  };
  if (!to) { return; }
  all("#sentence [data-part]").forEach(function (span) {
    var part = span.dataset.part, field = to.querySelector("[name=" + part + "]"), again = (twice[find("sentence").lang] || twice.sv)[part];
    var words = field.value.replace(/\s+/g, " ").replace(/^[ .,;…]+|[ .,;…]+$/g, "");
    if (again) { words = words.replace(again, ""); }
    if (part === "who") { words = words.charAt(0).toUpperCase() + words.slice(1); }
    span.textContent = words || "…";
  });
}
function other() {
  var field = find("role_other-field"), radio = document.querySelector("input[name=role][value=other]");
  if (field && radio) { show(field, radio.checked || !!find("role_other").value); }
}
function back() {
  // a phone that lost its cookie still has its own code beside its drafts: it is proposed, and nothing is sent by itself
  var code = document.querySelector("#own-code .code"), field = find("back");
  if (code) { keep("me", code.textContent); }
  if (field && !field.value && kept("me")) { field.value = kept("me"); field.closest("details").open = true; }
}
function ready() {
  restore();
  back();
  all("textarea[data-limit]").forEach(count);
  other();
  sentence();
  drawQueue();
  tick();
}
document.addEventListener("submit", onSubmit);
document.addEventListener("turn", function (event) { go(event.detail); });
document.addEventListener("input", function (event) {
  if (event.target.dataset && event.target.dataset.limit) { count(event.target); }
  if (event.target.closest && event.target.closest("form[data-parts]")) { sentence(); }
  if (event.target.closest && event.target.closest("form[data-draft]")) { draft(); report(); }
});
document.addEventListener("change", function (event) {
  var f = event.target.closest && event.target.closest("form");
  other();
  if (f && f.getAttribute("data-send") === "marks") {
    var one = new URLSearchParams();
    one.append(event.target.name, event.target.checked ? "1" : "0");
    refresh();
    queue.push({ key: newKey(), url: f.getAttribute("action"), body: one.toString(), way: "marks", step: body.dataset.step, text: "", at: Date.now() });
    save();
    flush();
  }
});
document.addEventListener("click", function (event) {
  var it = event.target.closest && event.target.closest("[data-do]"), way = it && it.dataset.do;
  if (way === "send") { sendFirst(); }
  if (way === "leave") { draft(); leave(); }
  if (way === "done") {
    event.preventDefault();
    if (it.getAttribute("aria-disabled")) { return; }
    it.setAttribute("aria-disabled", "true");
    refresh();
    queue.push({ key: newKey(), url: find("form").getAttribute("action"), body: "done=" + it.value, way: "sign", step: body.dataset.step, text: "", at: Date.now() });
    save();
    flush();
  }
  if (way === "retry") {
    var key = it.closest("[data-key]").dataset.key;
    refresh();
    queue.forEach(function (one) {
      var to = form();
      if (one.key !== key) { return; }
      delete one.held;
      // from a step that is closed to one that takes cards, as a new card
      if (one.step !== body.dataset.step && to && to.querySelector("[name=text]")) {
        one.key = newKey();
        one.step = body.dataset.step;
        one.url = to.getAttribute("action");
        one.body = "text=" + encodeURIComponent(one.text);
      }
    });
    save();
    drawQueue();
    flush();
  }
});
document.addEventListener("visibilitychange", function () { if (!document.hidden) { wake(); } });
window.addEventListener("online", wake);
window.addEventListener("offline", function () { drop(); lost("lost"); later(3000); });
window.addEventListener("pageshow", function (event) { if (event.persisted) { wake(); } });
window.addEventListener("pagehide", drop);
window.addEventListener("storage", function () { refresh(); drawQueue(); });
document.addEventListener("copy", function (event) {
  // the soft hyphens that part long words are only for show
  var active = document.activeElement;
  if (active && /^(TEXTAREA|INPUT)$/.test(active.tagName)) { return; }
  event.clipboardData.setData("text/plain", String(window.getSelection()).replace(/\u00ad/g, ""));
  event.preventDefault();
});
setInterval(function () { tick(); watch(); addresses(null); }, 1000);
// an answer's own address must not be asked for again by a reload
if (/\/steps\//.test(location.pathname)) { try { history.replaceState(null, "", body.dataset.here || home); } catch (_no) { /* the page works at any address */ } }
// what move.js builds on
window.room = {
  find: find, all: all, say: say, show: show, home: home, keep: keep, kept: kept, ask: ask, swap: swap, written: written, typing: typing,
  queue: function () { refresh(); return queue; },
  take: function (more) { refresh(); queue = queue.concat(more.filter(function (one) { return !queue.some(function (q) { return q.key === one.key; }); })); save(); ready(); flush(); },
  // another page has it all: this one is not to send it once more to whoever gets the old address
  end: function (words) {
    lost("");
    over = true;
    drop();
    clearTimeout(polling);
    queue = [];
    save();
    keep("me", null);
    show(find("moved"), false);
    main().innerHTML = "";
    var title = main().appendChild(document.createElement("h1"));
    title.tabIndex = -1;
    title.textContent = words;
    title.focus();
  },
  away: function () { return trouble && trouble !== "busy" ? Date.now() - since : 0; },
  onAddresses: function (then) { addresses = then; }
};
ready();
follow();
flush();
})();
