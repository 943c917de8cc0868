// When the room's computer gets another address: storage belongs to the old one, so the open page carries its texts over itself.
// They ride in the fragment of the new address, which no network ever sees, into a page of its own; this one stays until that has them.
(function () {
"use strict";
var room = window.room, body = document.body, others = [], told = "", beside = null, waited = 5000;
if (!room) { return; }
var home = room.home, find = room.find, show = room.show, away = find("away");

// ---- here: what there is to carry, and where to
function texts() {
  var out = room.queue().filter(function (one) { return one.text; }).map(function (one) { return one.text; });
  room.written(document).forEach(function (f) { if (f.value.trim() && f.id !== "away-address") { out.push(f.value); } });
  return out;
}
function drafts() {
  var out = {};
  try {
    Object.keys(localStorage).forEach(function (name) {
      var at = home + "draft:";
      if (name.indexOf(at) === 0) { out[name.slice(at.length)] = room.kept(name.slice(home.length)); }
    });
  } catch (_none) { /* what is typed now goes along in any case */ }
  var now = out[body.dataset.step] || {};
  room.written(document).forEach(function (f) { if (f.value && f.name) { now[f.name] = f.value; } });
  if (Object.keys(now).length) { out[body.dataset.step] = now; }
  return out;
}
function target(typed) {
  // what stands on the screen, typed with or without scheme and port
  var found = /^\s*(?:\w+:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d+))?(?:\/.*)?\s*$/i.exec(typed);
  if (!found) { return ""; }
  return location.protocol + "//" + found[1] + (found[2] || location.port ? ":" + (found[2] || location.port) : "") + home;
}
function go(typed) {
  var to = target(typed);
  if (!to || to.indexOf(location.origin + "/") === 0) { find("away-address").focus(); return; }
  var load = { pass: body.dataset.pass, queue: room.queue(), drafts: drafts(), sorting: room.kept("sorting") || [] };
  var address = to + "?lang=" + document.documentElement.lang + "#moved=" + encodeURIComponent(JSON.stringify(load));
  beside = window.open(address);
  if (!beside) { location.href = address; return; }
  say("opened");
}
function say(name) { find("away-told").textContent = room.say(name); }
function copy() {
  var box = find("away-text");
  box.value = texts().join("\n\n");
  show(box.parentNode, true);
  box.focus();
  box.select();
  // the clipboard of a page on plain http: the old command, and the selected text when it is refused
  try { if (document.execCommand("copy")) { say("copied"); } } catch (_no) { /* it is selected */ }
}
function sorting(waits) { document.dispatchEvent(new CustomEvent("carried", { detail: waits })); }
function draw() {
  var list = find("away-known"), known = told ? [told] : others;
  var wanted = !!told || room.away() > waited;
  if (wanted && list.dataset.known !== known.join()) {
    list.dataset.known = known.join();
    list.innerHTML = "";
    known.forEach(function (address) {
      var button = list.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "small";
      button.dataset.address = address;
      button.textContent = list.dataset.words.replace("{address}", address);
    });
    show(list, known.length > 0);
  }
  if (wanted === !away.hidden && away.dataset.told === told) { return; }
  away.dataset.told = told;
  show(find("away-moved"), !!told);
  show(find("away-lost"), !told);
  show(find("away-form"), !told);
  show(away, wanted);
}
room.onAddresses(function (state) {
  if (state) {
    others = (state.others || []).filter(function (address) { return address !== location.host; });
    told = state.moved === location.host ? "" : state.moved || "";
  }
  if (!beside) { draw(); }
});
away.addEventListener("submit", function (event) { event.preventDefault(); go(find("away-address").value); });
away.addEventListener("click", function (event) {
  var it = event.target.closest("button");
  if (it && it.dataset.address) { go(it.dataset.address); }
  if (it && it.dataset.go === "copy") { copy(); }
});
window.addEventListener("message", function (event) {
  if (!beside || event.source !== beside || event.data !== "moved") { return; }
  Object.keys(drafts()).forEach(function (step) { room.keep("draft:" + step, null); });
  show(away, false);
  sorting([]);
  room.end(room.say("arrived"));
});

// ---- there: what came along with the address
function arrive() {
  var found = /^#moved=(.+)$/.exec(location.hash), load = null;
  if (!found) { return; }
  try { load = JSON.parse(decodeURIComponent(found[1])); } catch (_cut) { /* cut off on the way: the old page still has it */ }
  try { history.replaceState(null, "", location.pathname); } catch (_no) { /* it stays in the address, and counts once */ }
  if (!load) { return; }
  var came = (Array.isArray(load.queue) ? load.queue : []).filter(function (one) {
    return one && /^[0-9a-f]{32}$/.test(one.key) && String(one.url).indexOf(home + "steps/") === 0 && typeof one.body === "string";
  });
  Object.keys(load.drafts || {}).forEach(function (step) { if (!room.kept("draft:" + step)) { room.keep("draft:" + step, load.drafts[step]); } });
  var placed = (Array.isArray(load.sorting) ? load.sorting : []).filter(function (one) {
    return one && /^[0-9a-f]{32}$/.test(one.key) && String(one.url).indexOf(home + "steps/") === 0 && one.round > 0 && one.turn >= 0;
  });
  var stranger = body.dataset.view === "join" && load.pass;
  (stranger ? same(load.pass) : Promise.resolve()).then(function () {
    room.take(came);
    if (placed.length) { sorting(placed); }
    if (window.opener) { window.opener.postMessage("moved", "*"); }
  });
}
function same(pass) {
  // the phone is known by the same id as at the old address, so that its cards are still its own
  return room.ask(home, { headers: { "Phone": pass, "Accept": "text/html" } }).then(function (r) {
    if (!r.ok) { throw new Error(); }
    return r.text();
  }).then(function (html) { room.swap(new DOMParser().parseFromString(html, "text/html")); }, function () {
    return new Promise(function (yes) { setTimeout(yes, 1000); }).then(function () { return same(pass); });
  });
}
arrive();
})();
