"""The people of the demo: who they are, what each phone answers, and what the leader does between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop_app import actions, clustering
from workshop_app.actions.action import do
from workshop_app.actions.short_dialogue import import_dialogue
from workshop_app.actions.short_form import Short, arrangement, evidence, need_texts, stakeholders
from workshop_app.cli import demo_sorting
from workshop_app.cli.phone import Phone
from workshop_app.formats import Field, Step
from workshop_app.model import rating, route_rules
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

# What a role's words say about how somebody stands to the matter; the first that fits.
_RELATIONS = (
    ("supply", ("leverantör", "supplier", "tillverkare", "arkitekt")),
    ("research", ("forskare", "research")),
    ("use", ("patient", "anhörig", "vårdnadshavare", "hyresgäst", "brukar", "boende", "invånare", "user")),
    ("purchase", ("upphandl", "inköp", "purchas")),
    ("lead", ("chef", "vd", "rektor", "direktör", "strateg", "nämnd", "manager")),
)
_SPREAD = (
    0,
    0,
    0,
    1,
    -1,
    0,
    1,
    0,
    -1,
    0,
    0,
    2,
    0,
)  # how far from the sample's value each phone in turn votes
_WHOM = {
    "sv": (
        "Den som väntar på besked",
        "En som bor långt bort",
        "En ny medarbetare",
        "Den som inte frågar själv",
    ),
    "en": (
        "Someone waiting for an answer",
        "Someone far away",
        "A new colleague",
        "Someone who does not ask",
    ),
}
_UNCLEAR = {
    "sv": "Gäller frågan även det vi redan har avtal om?",
    "en": "Does this include what we already have?",
}
_VALUE = {"sv": "Lugn i vardagen", "en": "A calmer day"}
_TAKEAWAY = {"sv": "Att fler har det som vi", "en": "That others have it as we do"}
_ALMOST = {"sv": "Det gäller oss mest på kvällar och helger", "en": "For us mostly at night"}
_RISK = {"sv": "Det tar längre tid än planerat", "en": "It takes longer than planned"}
_NEXT = {"sv": "Ägaren kallar till ett första möte", "en": "The owner calls a first meeting"}


def cover(short: Short) -> dict[str, Any]:
    """The cover of the sample alone: none of its answers, groups or needs."""
    roles = list(dict.fromkeys(p["role"] for p in short.participants if p["role"]))
    return {**short.cover, "roles": roles, "missing": short.missing, "extra": dict(short.extra)}


@dataclass(frozen=True)
class Person:
    """Who holds a phone."""

    role: str
    organisation: str
    relation: str


def people(short: Short, phones: int | None) -> list[Person]:
    """One person for each phone: the sample's participants in turn."""
    given = short.participants or [{"role": "", "organisation": ""}]
    count = phones or len(given)
    return [_person(given[n % len(given)]) for n in range(count)]


def _person(given: Mapping[str, str]) -> Person:
    role = given["role"] or "other"
    words = role.casefold()
    found = next((r for r, marks in _RELATIONS if any(m in words for m in marks)), "work_in")
    return Person(role, given["organisation"] or "–", given.get("relation") or found)


def cast(short: Short, everyone: Sequence[Person]) -> list[list[Mapping[str, Any]]]:
    """Which challenges each phone sends: those of its role, shared among the phones that have it; the rest in turn."""
    hands: list[list[Mapping[str, Any]]] = [[] for _ in everyone]
    by_role: dict[str, list[int]] = {}
    for number, person in enumerate(everyone):
        by_role.setdefault(person.role, []).append(number)
    for place, challenge in enumerate(short.challenges):
        able = by_role.get(str(challenge.get("by_role", ""))) or range(len(everyone))
        hands[able[place % len(able)]].append(challenge)
    return hands


@dataclass(frozen=True)
class Told:
    """What the phones answer about: card numbers by receipt, needs by title."""

    short: Short
    cards: Mapping[str, int]
    needs: Mapping[str, int]

    @property
    def language(self) -> str:
        """The language of what is written."""
        return str(self.short.cover["language"])

    def wanted(self) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
        """Each need of the sample: its place, its id in the file and its words."""
        for place, one in enumerate(self.short.needs):
            made = self.needs.get(need_texts(one)["title"])
            if made is not None:
                yield place, made, one


def answers(step: Step, phone: Phone, told: Told) -> list[dict[str, str]]:
    """What a phone sends at a step, one form for each item as its pages do; follows from the step's fields alone."""
    once = {
        f.name: _once(f, phone.number, told.language) for f in step.fields if not f.per and not f.shown_if
    }
    once = {name: value for name, value in once.items() if value}
    per_card = [f for f in step.fields if f.per == "card" and f.type == "bool"]
    out = [once] if once else []
    if per_card:
        own = {r.code for r in phone.receipts}
        others = [n for receipt, n in sorted(told.cards.items()) if receipt not in own]
        marked = [n for n in others if (n * 7 + phone.number * 3) % 11 == 0]
        out = [{per_card[0].form_name(n): "1" for n in marked}] if marked else []
    dots = next((f for f in step.fields if f.type == "dots"), None)
    for place, need, wanted in told.wanted():
        form = {
            f.form_name(need): value
            for f in step.fields
            if f.per == "need"
            and f is not dots
            and (value := _about(f, phone.number, place, wanted, told.language))
        }
        if form:
            out.append(form)
    if dots is not None:
        out.append(_dots(dots, phone.number, list(told.wanted())))
    return out


def _once(field_: Field, number: int, language: str) -> str:
    if field_.name == "beneficiary" or field_.source == "beneficiaries":
        return _WHOM[language][number % len(_WHOM[language])]
    if field_.type == "one" and field_.choices:
        return field_.choices[1 if number % 6 == 5 and len(field_.choices) > 1 else 0].value
    if field_.type in ("text", "area") and not field_.per:
        words = {"unclear": _UNCLEAR[language] if number % 6 == 5 else "", "value": _VALUE[language]}
        words["takeaway"] = _TAKEAWAY[language]
        return words.get(field_.name, "")
    if field_.type == "bool":
        return "1" if number % 3 == 0 else ""
    return ""


def _about(field_: Field, number: int, place: int, wanted: Mapping[str, Any], language: str) -> str:
    if field_.type == "s5":
        given = wanted.get("priority", {}).get(field_.name)
        if given is None or (number + place) % 9 == 8:
            return "dk"
        step = _SPREAD[(number * 5 + place) % len(_SPREAD)]
        return str(min(max(round(given) + step, 1), 5))
    if field_.type == "one":
        known = (number + place) % 8
        return (
            field_.choices[1 if known == 6 else 2 if known == 7 else 0].value
            if len(field_.choices) > 2
            else ""
        )
    if field_.name == "comment":
        return _ALMOST[language] if (number + place) % 8 == 6 else ""
    return ""


def _dots(field_: Field, number: int, needs: Sequence[tuple[int, int, Mapping[str, Any]]]) -> dict[str, str]:
    best = sorted(needs, key=lambda n: (-float(n[2].get("priority", {}).get("benefit", 0)), n[0]))
    first, second = best[number % min(3, len(best))], best[(number + 1) % len(best)]
    if first[1] == second[1]:
        return {field_.form_name(first[1]): str(min(2, field_.limit))}
    return {field_.form_name(first[1]): "2", field_.form_name(second[1]): "1"}


class Leader:
    """The leader's work, one method before or after the phones at each kind of step."""

    def __init__(self, file: SessionFile, short: Short) -> None:
        self.file, self.short = file, short
        self.language = str(short.cover["language"])
        self.suggested = self.themes = self.heaps = 0
        self.engine = clustering.engine_name()
        self.sorted: dict[str, int] = {}
        self.cards: dict[str, int] = {}
        self.needs: dict[int, int] = {}

    def after_pause(self, _step: Step) -> None:
        """The break: the machine proposes groups, the leader tries them and takes them back with one undo."""
        actions.suggest.embed_pending(self.file)
        found = actions.suggest.for_file(self.file, everything=True)
        do(self.file, actions.group.apply_suggestion, suggestion=found)
        self.engine = found.engine
        self.suggested = len(queries.board(self.file).themes)
        self.file.undo().result()

    def before_group(self, _step: Step) -> None:
        """The room sorts: every phone gets a hand of cards."""
        phones, cards = queries.participants(self.file), queries.card_texts(self.file)
        each = demo_sorting.hand(len(cards), len(phones))
        hands = actions.sort.plan(self.file, hand=each, round=1)
        do(self.file, actions.sort.start, hands=hands, hand=each, seconds=demo_sorting.SECONDS)

    def after_group(self, _step: Step) -> None:
        """The room's sums are tried and taken back; then the leader makes themes and heaps as the sample has them."""
        do(self.file, actions.sort.stop)
        sums = actions.sort.sums(self.file)
        moved = do(self.file, actions.group.apply_suggestion, suggestion=actions.sort.suggestion(self.file))
        self.file.undo().result()
        self.sorted = {"placed": sums.placed, "room_heaps": len(sums.heaps), "room_cards": moved}
        self._arrange()

    def _arrange(self) -> None:
        by_text: dict[str, list[int]] = {}
        for card in queries.board(self.file).cards.values():
            by_text.setdefault(card.text, []).append(card.id)
        self.cards = {c["id"]: by_text[actions.ask.clean(c["text"])].pop(0) for c in self.short.challenges}
        plan = arrangement(self.short)
        for title, heaps in plan.themes:
            theme = do(self.file, actions.group.new_theme, title=title)
            self.themes += 1
            for name, members in heaps:
                cards = [self.cards[i] for i in members]
                do(self.file, actions.group.new_heap, title=name, cards=cards, theme=theme)
                self.heaps += 1
        if plan.left:
            do(self.file, actions.group.park, cards=[self.cards[i] for i in plan.left])

    def after_formulate(self, _step: Step) -> None:
        """Each need is written from its heap, with its evidence and everything but the route."""
        homes = {card.id: card.heap for card in queries.board(self.file).cards.values()}
        for place, wanted in enumerate(self.short.needs):
            cards = [self.cards[i] for i in evidence(wanted)]
            heaps = [homes[c] for c in cards if homes[c] is not None]
            heap = max(heaps, key=heaps.count) if heaps else None
            texts = {
                k: v for k, v in need_texts(wanted).items() if v and not k.startswith(("route", "review"))
            }
            title = texts.pop("title", "")
            made = do(self.file, actions.need.new_need, title=title, heap=heap, cards=cards)
            self.needs[place] = made
            do(self.file, actions.need.set_fields, need=made, **texts)
            do(self.file, actions.need.set_stakeholders, need=made, stakeholders=stakeholders(wanted))
            self._try(actions.need.set_status, need=made, status="ready")

    def before_goals(self, _step: Step) -> None:
        """The decided goals are loaded, and tied to the needs as the sample has it."""
        links: dict[str, int] = {}
        for name, titles in self.short.agendas:
            made = do(self.file, actions.goals.add_goals, titles=titles, source=name)
            links |= {f"{name}: {title}": goal for title, goal in zip(titles, made, strict=True)}
        for place, wanted in enumerate(self.short.needs):
            mine = [links[g] for g in wanted.get("agenda_links", []) if g in links]
            if mine:
                do(self.file, actions.goals.set_goals, need=self.needs[place], goals=mine)
            elif links:
                do(self.file, actions.goals.set_no_goal, need=self.needs[place], value=True)

    def after_route(self, _step: Step) -> None:
        """Each need gets its status, route, owner and decision, as far as the rules let it."""
        for place, wanted in enumerate(self.short.needs):
            need, texts = self.needs[place], need_texts(wanted)
            if texts["route"] != "parked":
                self._try(actions.need.set_status, need=need, status="anchored")
            kind = ""
            if texts["route"] == "innovation_procurement":
                kind = "of_innovation" if texts["market_status"] == "none_found" else "friendly"
            do(
                self.file,
                actions.route.set_route,
                need=need,
                route=texts["route"],
                kind=kind,
                reason=texts.get("route_reason", ""),
                other_process=texts.get("other_process", ""),
                review_date=texts.get("review_date", ""),
                owner=texts.get("owner", ""),
                next_step=_NEXT[self.language] if texts["route"] in rating.ROUTES[:3] else "",
            )
            self._list_risks(need)
            self._try(actions.route.decide, need=need)
        if self.short.dialogue:
            known = {str(n.get("id", "")): self.needs[place] for place, n in enumerate(self.short.needs)}
            told: dict[str, Any] = {
                "short": self.short.dialogue,
                "people": self.short.participants,
                "needs": known,
            }
            do(self.file, import_dialogue, **told)

    def _list_risks(self, need: int) -> None:
        """A need that the room rates as risky gets the risk list that its decision asks for."""
        rated = queries.ratings(self.file).get(need)
        risk = rated.spreads.get("risk") if rated else None
        if risk is not None and risk.median is not None and risk.median >= rating.RISKY:
            fields = {"what": _RISK[self.language], "likelihood": "3", "consequence": "4"}
            do(self.file, actions.sheet.write, sheet=route_rules.RISKS, need=need, fields=fields)

    def _try(self, verb: actions.Action, **kwargs: Any) -> None:
        """A rule of the method may say no to one need; the workshop goes on."""
        try:
            do(self.file, verb, **kwargs)
        except Refused:
            pass
