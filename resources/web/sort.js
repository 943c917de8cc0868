// The sorting page with a script: the next card is there at once, what is placed waits for the network, keys work.
// It is a program of its own beside phone.js; they meet in events: "room" (what the room says), "turn" (go to a page) and
// "carried" (what waits has been handed to a page at the room's new address, or has come from one at its old).
(function () {
"use strict";
var body = document.body, home = body.dataset.home, NAME = home + "sorting", PAUSE = 300;
var deal = null, queue = [], sending = false, timer = 0, waitFor = 1000, restUntil = 0, ends = null, skew = 0, told = "", lateWords = "", keysOn = true, shown = null;
if (!home || !window.fetch || !window.URLSearchParams || !body.closest) { return; }

// ---- small tools
function find(id) { return document.getElementById(id); }
function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
function show(node, yes) { if (node) { node.hidden = !yes; } }
function word(name, values) {
  var text = find("sort-words").content.querySelector("[data-name=" + name + "]").textContent;
  Object.keys(values || {}).forEach(function (key) { text = text.replace("{" + key + "}", values[key]); });
  return text;
}
function many(name, n) { return word(name + (n === 1 ? "1" : "n"), { n: n }); }
function newKey() {
  var bytes = new Uint8Array(16);
  window.crypto.getRandomValues(bytes);
  return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
}
function keep(name, value) { try { localStorage.setItem(NAME + name, JSON.stringify(value)); } catch (_full) { /* it lives as long as the page */ } }
function kept(name) { try { return JSON.parse(localStorage.getItem(NAME + name)); } catch (_none) { return null; } }
function plain(text) { return text.replace(/\u00ad/g, ""); }
// ---- the hand
function heapOf(card) {
  var found = deal.placed.find(function (one) { return one[0] === card; });
  return found ? found[1] : undefined;
}
function open() {
  return (deal.cards.find(function (one) { return heapOf(one[0]) === undefined; }) || [0])[0];
}
function number(card) { return deal.cards.findIndex(function (one) { return one[0] === card; }) + 1; }
function heap(id) { return deal.heaps.find(function (one) { return one[0] === id; }); }
function mine(id) { return deal.placed.filter(function (one) { return one[1] === id; }).length; }
function put(card, id) {
  deal.placed = deal.placed.filter(function (one) { return one[0] !== card; });
  deal.placed.push([card, id]);
  if (id !== null && !heap(id)) {
    var own = deal.cards.find(function (one) { return one[0] === id; });
    deal.heaps.push([id, own ? own[1] : "", 0, ""]);
    deal.cards.forEach(function (one) {
      var list = deal.top[one[0]] || [];
      // a heap just made stands last beside the cards to come, in the place of the least likely when there is no room
      if (one[0] !== id && list.indexOf(id) < 0) { deal.top[one[0]] = list.slice(0, deal.shown - 1).concat(id); }
    });
  }
}
function again(one) {
  // what waits on the phone has been done already, as far as this page goes
  // and what the computer has received, though its answer has not come yet, lies in the deal already
  if (one.round !== deal.round || one.turn < deal.turn) { return; }
  if (one.put === "undo") { deal.placed.pop(); } else { put(one.card, one.put === "dk" ? null : one.put === "new" ? one.card : Number(one.put)); }
  deal.turn += 1;
}
// ---- drawing
function draw(moved) {
  shown = { round: deal.round, card: deal.card, heaps: deal.top[deal.card] };
  var card = deal.card, box = find("card"), at = number(card), text = deal.cards[at - 1][1], form = find("sort");
  var title = word("card", { n: at, all: deal.cards.length });
  document.title = title;
  find("card-title").textContent = title;
  document.querySelector(".where span").textContent = title;
  find("card-text").textContent = text;
  box.className = "sortcard size" + (plain(text).length > 80 ? 1 : 0);
  if (plain(text).length > 160) { box.className = "sortcard size2"; }
  form.querySelector("[name=card]").value = card;
  all(".marks i", form).forEach(function (mark, i) {
    var one = deal.cards[i][0];
    mark.className = one === card ? "now" : heapOf(one) === undefined ? "" : "done";
  });
  var list = (deal.top[card] || []).filter(function (id) { return heap(id) && id !== card; });
  fill(find("heaps"), list);
  form.querySelector(".ask-heap").textContent = word(list.length ? "which" : "first");
  groups(card);
  where();
  if (moved) {
    void box.offsetWidth;
    box.classList.add("fresh");
    window.scrollTo(0, 0);
    box.focus({ preventScroll: true });
  }
}
function fill(node, ids) {
  node.textContent = "";
  ids.forEach(function (id) { node.appendChild(button(id)); });
}
function button(id) {
  var one = heap(id), made = document.createElement("button"), n = mine(id);
  made.type = "submit";
  made.name = "put";
  made.value = id;
  made.disabled = !find("rest").hidden;
  made.className = "heap" + (one[2] ? " named" : "") + (n > 1 ? " several" : "");
  part(made, "unseen", word("put") + " ");
  var words = part(made, "words", one[1]);
  if (!one[2]) { words.lang = deal.lang; }
  made.appendChild(document.createTextNode(" "));
  part(made, "mine", n ? many(one[2] ? "named-" : "own-", n) : word("none"));
  return made;
}
function part(node, name, text) {
  var made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return node.appendChild(made);
}
function groups(card) {
  var node = find("groups"), order = deal.top[card] || [], by = {}, titles = [];
  node.textContent = "";
  deal.heaps.slice().sort(function (a, b) {
    var x = order.indexOf(a[0]), y = order.indexOf(b[0]);
    return (x < 0 ? 99 : x) - (y < 0 ? 99 : y);
  }).forEach(function (one) {
    if (one[0] === card) { return; }
    var title = mine(one[0]) ? word("yours") : one[3] || word("others");
    if (!by[title]) { by[title] = []; titles.push(title); }
    by[title].push(one[0]);
  });
  titles.sort(function (a, b) { return rank(a) - rank(b) || (a < b ? -1 : 1); }).forEach(function (title) {
    var head = node.appendChild(document.createElement("h3")), box = node.appendChild(document.createElement("div"));
    head.textContent = title;
    box.className = "heaps";
    fill(box, by[title]);
  });
  find("allheaps").open = false;
  find("find").value = "";
  search();
  show(find("allheaps"), titles.length > 0);
}
function rank(title) { return title === word("yours") ? 0 : title === word("others") ? 2 : 1; }
function search() {
  var wanted = find("find").value.toLowerCase().trim().split(/\s+/), hits = 0;
  all("#groups .heaps").forEach(function (box) {
    var seen = 0;
    all(".heap", box).forEach(function (one) {
      var text = plain(one.textContent).toLowerCase(), yes = wanted.every(function (w) { return text.indexOf(w) >= 0; });
      show(one, yes);
      seen += yes ? 1 : 0;
    });
    show(box, seen > 0);
    show(box.previousElementSibling, seen > 0);
    hits += seen;
  });
  show(find("nothing"), hits === 0 && find("groups").childElementCount > 0);
}
function lies() {
  var last = deal.placed[deal.placed.length - 1], words;
  if (!last) { return ""; }
  if (last[1] === null) { return word("unsure", { n: number(last[0]) }); }
  words = plain((heap(last[1]) || ["", ""])[1]);
  if (words.length > 28) { words = words.slice(0, 26).replace(/\s+\S*$/, "") + " …"; }
  return word("lies", { n: number(last[0]), words: words });
}
function where() {
  if (deal.moving) { return; }
  find("where-last").textContent = lies();
  show(find("undo"), deal.placed.length > 0);
  var last = deal.placed[deal.placed.length - 1];
  find("undo-card").textContent = last ? " " + word("card", { n: number(last[0]), all: deal.cards.length }) : "";
  waiting();
}
function waiting() {
  var node = find("notice"), n = queue.length, stuck = n > 0 && waitFor > 1000;
  show(find("got"), !n && deal && deal.placed.length > 0);
  if (!node) { return; }
  node.textContent = stuck ? many("waiting-", n) : "";
  node.className = stuck ? "bar attn" : "";
}
function say(text) { if (find("told")) { find("told").textContent = text; } }
// ---- placing
function tap(value) {
  var now = Date.now(), card = deal.card, undone = value === "undo";
  // for a moment after a card no button answers: a double tap must not place a card that nobody has read
  if (now < restUntil || !find("rest").hidden || (undone && !deal.placed.length) || (!card && !undone)) { return; }
  restUntil = now + PAUSE;
  queue.push({ key: newKey(), url: find("sort").getAttribute("action"), card: card, put: value, round: deal.round, turn: deal.turn, at: now });
  keep("", queue);
  again(queue[queue.length - 1]);
  if (deal.moving) { flush(); return; }
  deal.card = open();
  if (deal.card) { draw(true); } else { over(); }
  say(undone ? word("undone") : lies() + ". " + word("undo"));
  flush();
}
function over() {
  // every card is placed: the page of own heaps comes when the last one has been received
  find("card-text").textContent = word("all");
  all("#heaps, #allheaps, .ask-heap, .sortbar .two", find("sort")).forEach(function (n) { show(n, false); });
  where();
}
function flush() {
  clearTimeout(timer);
  var one = queue[0];
  if (sending || !one) { return; }
  sending = true;
  send(one).then(function (response) {
    if (response.status === 429 || response.status >= 500) { throw new Error("later"); }
    if (!response.ok) { refused(response.status); return null; }
    return response.json();
  }).then(function (answer) {
    sending = false;
    waitFor = 1000;
    if (!answer) { return; }
    queue.shift();
    keep("", queue);
    if (deal) { received(answer.sort); }
    flush();
  }, function () {
    sending = false;
    waitFor = Math.min(waitFor * 2, 20000);
    if (deal) { waiting(); }
    timer = setTimeout(flush, waitFor);
  });
}
function send(one) {
  var told_ = new URLSearchParams();
  told_.append("card", one.card);
  told_.append("put", one.put);
  told_.append("turn", one.round + "." + one.turn);
  told_.append("key", one.key);
  return Promise.race([fetch(one.url, {
    method: "POST", credentials: "same-origin", cache: "no-store", body: told_.toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json" }
  }), new Promise(function (_yes, no) { setTimeout(no, 12000); })]);
}
function refused(status) {
  // the room has gone on, or another page of this phone has: what the computer has is what holds
  if (status === 403) { told = lateWords.replace("{n}", queue.length); }
  queue = [];
  keep("", queue);
  if (deal) { go(""); } else { tell(); }
}
function tell() {
  // what could not be received is said on whatever page has come instead
  var node = find("notice"), line = document.createElement("p");
  if (!told || !node) { return; }
  line.className = "bar attn";
  line.textContent = told;
  node.appendChild(line);
  told = "";
}
function received(news) {
  if (news) {
    var own = deal.heaps.filter(function (one) { return mine(one[0]) && !news.heaps.some(function (h) { return h[0] === one[0]; }); });
    deal.heaps = news.heaps.concat(queue.length ? own : []);
    // what lies beside the card that is shown never moves
    Object.keys(news.top).forEach(function (card) {
      if (Number(card) !== deal.card && !queue.length) { deal.top[card] = news.top[card]; }
    });
    if (!queue.length) { deal.turn = news.turn; }
  }
  if (deal.moving) { go("?heaps=1"); } else if (!deal.card && !queue.length) { go(""); } else { waiting(); }
}
function go(query) { document.dispatchEvent(new CustomEvent("turn", { detail: home + query })); }
// ---- keys, only while the focus is in the form
function onKey(event) {
  var form = find("sort"), key = event.key;
  if (event.target.id === "find") { if (key === "Enter") { event.preventDefault(); } return; }
  if (!form || !deal || !keysOn || !form.contains(document.activeElement) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) { return; }
  var chosen = /^[1-9]$/.test(key) ? all("#heaps .heap")[key - 1] : key === "Backspace" ? find("undo") : /^[nN]$/.test(key) ? form.querySelector(".act.new") : /^[vV]$/.test(key) ? form.querySelector("[value=dk]") : null;
  if (chosen && !chosen.hidden) { event.preventDefault(); tap(chosen.value); }
}
function keys(on) {
  keysOn = on;
  keep("keys", on);
  if (find("keys-switch")) { find("keys-switch").setAttribute("aria-pressed", on ? "true" : "false"); }
}
// ---- the clock: told at one minute and at the end, nothing in between
var minute = false;
function tick() {
  if (!deal || !find("up") || deal.moving) { return; }
  var left = ends === null ? null : ends - (Date.now() / 1000 - skew), up = left !== null && left <= 0;
  if (up && find("up").hidden) {
    find("up-count").textContent = find("up-count").dataset.words.replace("{n}", deal.placed.length);
    say(plain(find("up").textContent).replace(/\s+/g, " ").trim());
  }
  show(find("up"), up);
  if (up) { body.dataset.up = ""; } else { delete body.dataset.up; }
  if (left === null || left > 60) { minute = false; } else if (left > 0 && !minute) { minute = true; say(word("minute")); }
}
function carried(event) {
  queue = event.detail;
  if (queue.length) { keep("", queue); } else { try { localStorage.removeItem(NAME); } catch (_none) { /* nothing was kept */ } }
  if (deal && queue.length) {
    if (!deal.moving) { queue.forEach(again); deal.card = open(); if (deal.card) { draw(false); } else { over(); } }
    flush();
  }
}
// ---- beginning, and whenever phone.js has put another page in
function begin() {
  var form = find("sort");
  deal = null;
  delete body.dataset.up;
  tell();
  if (!form || !form.dataset.deal) { return; }
  deal = JSON.parse(form.dataset.deal);
  form.removeAttribute("data-deal");
  lateWords = word("late");
  var before = deal.card;
  if (!deal.moving) { queue.forEach(again); deal.card = open(); }
  show(form.querySelector(".find"), true);
  show(find("keys"), true);
  keys(kept("keys") !== false);
  if (shown && shown.round === deal.round && shown.card === deal.card) { deal.top[deal.card] = shown.heaps; draw(false); }
  else if (deal.card && deal.card !== before) { draw(false); }
  if (!deal.card) { over(); } else { shown = { round: deal.round, card: deal.card, heaps: deal.top[deal.card] }; }
  all(".back.nojs", form).forEach(function (n) { show(n, false); });
  tick();
}
document.addEventListener("click", function (event) {
  var it = event.target.closest && event.target.closest("button");
  if (!it || !deal || !find("sort") || !find("sort").contains(it)) { return; }
  if (it.name === "put") { event.preventDefault(); tap(it.value); }
  if (it.id === "keys-switch") { keys(!keysOn); }
});
document.addEventListener("input", function (event) { if (event.target.id === "find") { search(); } });
document.addEventListener("keydown", onKey);
document.addEventListener("carried", carried);
document.addEventListener("room", function (event) {
  ends = event.detail.ends;
  skew = Date.now() / 1000 - event.detail.now;
  tick();
  if (queue.length && !sending) { flush(); }
});
window.addEventListener("online", flush);
new MutationObserver(function (changes) {
  if (changes.some(function (one) { return all("main", one.target).length && Array.prototype.some.call(one.addedNodes, function (n) { return n.id === "main"; }); })) { begin(); }
}).observe(body, { childList: true });
setInterval(tick, 1000);
queue = (kept("") || []).filter(function (one) { return one.at > Date.now() - 6 * 3600 * 1000; });
begin();
flush();
})();
