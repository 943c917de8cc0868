"""The summary on paper, read back: every text whole, each card once, the balance last, in both languages."""

import re
import threading
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.finished import finished
from tests.report import factory
from tests.report.reading import pages
from workshop_app import i18n
from workshop_app.model import room_check
from workshop_app.model.blackout import SIGN, Blackout
from workshop_app.model.dates import day_words
from workshop_app.model.red_thread import red_thread
from workshop_app.model.room_check import Check
from workshop_app.model.summary import Summary
from workshop_app.model.trouble import RoomTrouble
from workshop_app.report import content, sheets, styles, summary
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SV, EN = i18n.language("sv"), i18n.language("en")
HOSTILE = [
    '<b>x</para><img src="/etc/passwd">',
    "</font></para><para>5 < 6 & 7 > 3 &lt; &#60;script&#62;",
    "<![CDATA[x]]> <!-- nej --> {{7*7}} %s {n} \\u003c",
    "\u202eomvänt\u202c och \u2066isolerat\u2069 och a\u200bb",
    "Blandat: Ελληνικά Кириллица ქართული ไทย 漢字 ひらがな 한국어 ＡＢＣ 𝔘𝔫𝔦",
    "åäö ÅÄÖ éüñøœ šžčł – ” ½ − → ✓ €",
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🫨 🇸🇪 1️⃣",
    "e\u0301 a\u030a Z\u0351\u036b\u0343\u036a\u0302a\u0321\u034a\u0353l\u0336\u0322go",
    "rad ett\nrad två\n\nrad fyra",
    "  blanksteg   runt  om  ",
    "\ud83d halvt tecken, \ufffe, \x07ping",
    "javascript:alert(1) file:///etc/passwd http://203.0.113.1/beacon.png",
    "=1+1",
    "😀" * 280,
    "Hyresgästföreningsmedlemsutvecklingsarbetsgruppsmöte" * 6,
    "x" * 4000,
]


def made(
    value: Summary, lang: i18n.Language = SV, sections: tuple[str, ...] | None = None
) -> summary.Printed:
    return summary.made(value, lang, sections=sections, now=factory.NOW)


def tight(text: str) -> str:
    """Without what depends on where lines break or what shows as a blank."""
    shown = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return re.sub(r"[\s\u00a0\x00-\x1f]+", "", unicodedata.normalize("NFC", shown))


def appendix(printed: summary.Printed) -> str:
    first = printed.first_pages["cards"] - 1
    after = [p for p in printed.first_pages.values() if p > first + 1]
    return "".join(pages(printed.data)[first : (min(after) - 1) if after else None])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_comes_out_whole_wherever_it_is_printed(text: str) -> None:
    cards = [factory.card(1, text, underlying=text, me_too=2), factory.card(2, "Ett vanligt kort")]
    needs = [
        factory.need(1, cards, fields=dict.fromkeys(("title", "who", "effect", "requirement", "owner"), text))
    ]
    value = factory.summary(cards, needs, session=factory.session(title=text, question=text))
    listed = PdfReader(BytesIO(made(value, sections=("cards",)).data))
    assert tight(text) in tight("".join(page.extract_text() for page in listed.pages))  # joiners and all
    everything = tight("".join(pages(made(value).data)))
    assert everything.count(tight("Ett vanligt kort")) == 2  # on the need's page and in the appendix


def test_nothing_in_a_text_is_read_as_markup() -> None:
    text = '<b>x</para><img src="/etc/passwd">'
    data = made(factory.summary([factory.card(1, text)])).data
    assert text in "".join(pages(data))
    assert not any(page.images for page in PdfReader(BytesIO(data)).pages)
    assert b"root:" not in data


@pytest.mark.parametrize(
    "text",
    (
        "الانتظار طويل جدا للحصول على رخصة البناء، ولا أحد يخبرنا متى ستكون جاهزة (ربما 12 شهرا) ونحن ننتظر",
        "שלום עולם, אין לנו זמן",
    ),
)
def test_what_is_written_from_right_to_left_is_drawn_so_and_reads_back(text: str) -> None:
    data = made(factory.summary([factory.card(1, text)]), sections=("cards",)).data
    found = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    assert tight(text) in tight(found)


def test_no_font_gives_a_reader_what_is_no_sign() -> None:
    data = made(factory.summary([factory.card(1, "\ufeffFörst sist 漢")]), sections=("cards",)).data
    maps = [
        font["/ToUnicode"].get_object().get_data().upper()
        for page in PdfReader(BytesIO(data)).pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
        if "/ToUnicode" in font
    ]
    assert any(b"<6F22>" in one for one in maps)
    assert not [one for one in maps for never in (b"<0000>", b"<FEFF>") if never in one]


def test_words_stand_in_order_in_a_wrapped_paragraph() -> None:
    words = [f"ord{n}" for n in range(60)]
    found = "".join(
        pages(made(factory.summary([factory.card(1, " ".join(words))]), sections=("cards",)).data)
    )
    assert re.findall(r"ord\d+", found) == words


@pytest.mark.parametrize("lang", (SV, EN))
def test_each_card_stands_once_in_the_appendix_with_number_receipt_and_place(lang: i18n.Language) -> None:
    value = factory.whole()
    found = tight(appendix(made(value, lang)))
    for card in value.cards:
        assert found.count(tight(card.text)) == 1, card.text
        assert found.count(f"{card.number}{card.receipt}") == 1
    places = {"sv": "→behov1", "en": "→need1"}, {"sv": "dolt:testkort", "en": "hidden:testcard"}
    for words in places:
        assert words[lang.code] in found
    assert tight({"sv": "ihoplagt med kort 5", "en": "joined with card 5"}[lang.code]) in found


@pytest.mark.parametrize(
    ("lang", "words"), ((SV, "11 mottagna, 11 redovisade"), (EN, "11 received, 11 accounted for"))
)
def test_the_last_page_is_the_balance(lang: i18n.Language, words: str) -> None:
    last = pages(made(factory.whole(), lang).data)[-1]
    assert words in last
    for label in {"sv": ("Parkerat", "Dolda, med skäl"), "en": ("Parked", "Hidden, with a reason")}[
        lang.code
    ]:
        assert label in last


@pytest.mark.parametrize("edition", ("internal", "participants", "open"))
def test_a_withdrawn_card_keeps_its_number_and_gives_its_words_to_the_registry_alone(edition: str) -> None:
    cards = [
        factory.card(1, "Taket läcker", state="withdrawn", heap=None, theme=None, underlying="Torra rum"),
        factory.card(2, "Dörren är för tunk", state="withdrawn", heap=None, theme=None, replaced_by=3),
        factory.card(3, "Dörren är för tung", heap=1, theme=1),
    ]
    printed = made(factory.summary(cards, edition=edition))
    found = tight(" ".join(pages(printed.data)))
    for words in ("Taket läcker", "Dörren är för tunk", "Torra rum"):
        assert (tight(words) in found) == (edition == "internal"), words
    last = tight(pages(printed.data)[-1])
    assert "3mottagna,3redovisade" in last and "Tillbakadragnaavdensomskrevdem2" in last
    listed = tight(appendix(printed))
    assert f"1{cards[0].receipt}" in listed and "tillbakadraget" in listed
    assert f"2{cards[1].receipt}" in listed and "ersattavkort3" in listed


def test_a_card_without_a_place_is_said_aloud() -> None:
    value = factory.whole()
    lost = factory.replace(value.balance, places={**value.balance.places, "loose": 0}, lost=(11,))
    last = pages(made(factory.replace(value, balance=lost)).data)[-1]
    assert "1 kort saknar plats" in last
    assert "Kort utan plats: 11." in last


def test_every_page_but_the_cover_has_its_number_version_and_file() -> None:
    value = factory.whole()
    cover, *rest = pages(made(value).data)
    total = len(rest) + 1
    assert "sida" not in cover
    assert "Fil 7K2M-4F00 · version 1" in cover
    for number, text in enumerate(rest, 2):
        assert f"sida {number} av {total}" in text
        assert "version 1" in text
        assert "Fil 7K2M-4F00" in text
        assert "utkast" in text
        assert "påhittad övning" in text


def test_the_cover_says_who_was_missing_and_that_it_is_invented() -> None:
    value = factory.whole()
    sv = pages(made(value).data)[0]
    for words in ("Utkast", "Påhittad övning", "Saknades", "hyresgäster, barn och föräldrar", "15 juni 2015"):
        assert words in sv
    for words in ("Samhällsbyggnadschefen", "Ta fram behov", "Processledare", "11 in, 11 redovisade"):
        assert words in sv
    final = factory.replace(value, session=factory.session(fictional=False, settings={"final": "1"}))
    en = pages(made(final, EN).data)[0]
    assert "Final" in en
    assert "Fictional" not in en


def test_roles_below_three_are_never_printed_beside_a_text() -> None:
    printed = made(factory.whole())
    need = pages(printed.data)[printed.first_pages["needs"] - 1]
    assert "Kort 1, rollen visas inte (färre än tre) · gäller även hos 3 andra · kvitto K001" in need
    assert "Kort 3, Upphandlare" in need
    assert "Ekonom" not in need
    assert "Ekonom" not in appendix(printed)


def test_a_need_page_shows_the_five_most_marked_and_names_the_rest() -> None:
    cards = [factory.card(n, f"Utmaning nummer {n} av fyrtio", me_too=n % 7) for n in range(1, 41)]
    printed = made(factory.summary(cards, [factory.need(1, cards)]))
    page = pages(printed.data)[printed.first_pages["needs"] - 1]
    shown = [int(n) for n in re.findall(r"Utmaning nummer (\d+) av", page)]
    assert shown == [6, 13, 20, 27, 34]
    assert "Fler kort bakom behovet: 1, 2, 3" in page
    listed = tight(appendix(printed))
    assert all(listed.count(tight(card.text)) == 1 for card in cards)


def test_a_need_whose_texts_are_long_goes_on_on_a_second_page() -> None:
    cards = [factory.card(n, "Ett långt kort om sådant som hindrar. " * 25, me_too=1) for n in range(1, 6)]
    printed = made(factory.summary(cards, [factory.need(1, cards)]), sections=("needs",))
    assert printed.pages >= 2
    assert all("Behov 1 av 1" in page for page in pages(printed.data))


def test_the_editions_hold_back_what_they_should() -> None:
    texts = {
        name: "".join(pages(made(factory.whole(name)).data)) for name in ("internal", "participants", "open")
    }
    assert "Ring Kajsa" in texts["internal"]
    assert "Ring Kajsa" not in texts["participants"]
    assert "personuppgifter" in texts["participants"]
    for held in ("Ring Kajsa", "Påhittade kommunen", "Bostäder Exempel AB", "Snabba hus finns"):
        assert held not in texts["open"], held
    assert "Vad är värt det, och vad går att göra?" in texts["participants"]
    assert "Vad är värt det, och vad går att göra?" not in texts["open"]
    assert "Lägsta pris vinner" in texts["open"]


def test_an_unknown_edition_shows_no_more_than_the_open_one() -> None:
    found = "".join(pages(made(factory.whole("something")).data))
    assert "Påhittade kommunen" not in found
    assert "Ring Kajsa" not in found


def test_an_empty_session_prints() -> None:
    empty = factory.summary(
        session=factory.session(question="", date="", place="", steps=(), recipient="", keep_until=""),
        questions=(),
        understood={},
        room=factory.Room((), (), ()),
    )
    found = "".join(pages(made(empty).data))
    assert "0 mottagna, 0 redovisade" in found
    assert "Inget behov är skrivet än." in found


def test_the_sections_asked_for_and_no_others() -> None:
    printed = made(factory.whole(), sections=("routes", "balance"))
    assert set(printed.first_pages) == {"routes", "balance"}
    found = "".join(pages(printed.data))
    assert "Vägar, ägare och datum" in found
    assert "Bilaga 2" not in found


@pytest.mark.parametrize("lang", (SV, EN))
def test_title_language_and_outline(lang: i18n.Language) -> None:
    printed = made(factory.whole(), lang)
    reader = PdfReader(BytesIO(printed.data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Innovationsupphandling inom boende"
    assert reader.trailer["/Root"]["/Lang"] == lang.code
    marks = [entry for entry in reader.outline if not isinstance(entry, list)]
    titles = [entry["/Title"] for entry in marks]
    assert lang("Priorities") in titles
    where = {e["/Title"]: reader.get_destination_page_number(e) + 1 for e in marks}
    assert where[lang("Priorities")] == printed.first_pages["priorities"]
    nested = [entry for part in reader.outline if isinstance(part, list) for entry in part]
    assert nested[0]["/Title"] == "1. Behov nummer 1 i tid"


def test_the_contents_give_the_right_pages() -> None:
    printed = made(factory.whole())
    listed = pages(printed.data)[printed.first_pages["contents"] - 1]
    last = printed.first_pages["balance"]
    assert last == printed.pages
    assert re.search(rf"Så räknar vi[\s\S]*?{last}", listed)


def test_no_english_is_left_in_swedish_and_no_swedish_in_english() -> None:
    value = factory.whole()
    sv = "".join(pages(made(value).data))
    for word in ("Needs", "Appendix", "Card ", "missing", "wish list", "Route", "challenges"):
        assert word not in sv, word
    en = "".join(pages(made(factory.replace(value, format_name="Needs identification"), EN).data))
    for word in ("Bilaga", "Väg vidare", "önskelistan", "saknas", "mottagna"):
        assert word not in en, word


def test_progress_is_told_and_ends_at_the_end() -> None:
    heard: list[tuple[int, int]] = []
    summary.made(factory.whole(), SV, progress=lambda done, of: heard.append((done, of)))
    assert heard[-1][0] == heard[-1][1] > 20
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "sammanställning.pdf"
    assert summary.build(factory.whole(), SV, target) == target
    assert target.read_bytes().startswith(b"%PDF")
    assert [p.name for p in tmp_path.iterdir()] == [target.name]
    with pytest.raises(RoomTrouble) as trouble:
        summary.build(factory.whole(), SV, tmp_path / "finns inte" / "ut.pdf")
    assert "ut.pdf" in trouble.value.say(SV)
    (tmp_path / "mapp.pdf").mkdir()
    with pytest.raises(RoomTrouble):
        summary.build(factory.whole(), SV, tmp_path / "mapp.pdf")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mapp.pdf", target.name]


def test_many_can_print_at_once() -> None:
    value = factory.whole()
    lengths: list[int] = []
    trouble: list[BaseException] = []

    def run() -> None:
        try:
            lengths.append(made(value).pages)
        except BaseException as caught:
            trouble.append(caught)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert len(set(lengths)) == 1


@pytest.mark.parametrize("needs", (1, 12, 40))
def test_many_needs_and_flags_still_fit_their_pages(needs: int) -> None:
    cards = [factory.card(n, f"Utmaning {n}", theme=n % 30 + 1, heap=n % 30 + 1) for n in range(1, 61)]
    made_needs = [factory.need(n, cards[n : n + 2]) for n in range(1, needs + 1)]
    wide = (1, 1, 1, 5, 5, 5)
    ratings = {
        n: factory.rated(n, **dict.fromkeys(("benefit", "risk", "anchoring", "feasibility"), wide))
        for n in range(1, needs + 1)
    }
    printed = made(factory.summary(cards, made_needs, ratings))
    found = "".join(pages(printed.data))
    assert f"Behov {needs}, risk." in found


def test_every_key_of_sections_is_made() -> None:
    document = content.document(factory.whole(), SV, now=factory.NOW)
    keys = ["cover", *dict.fromkeys(s.key for s in document.sections)]
    apart = ("outcome", "dialogue", "sheets", "chain")  # only where there has been such a thing
    assert keys == [key for key in content.SECTIONS if key not in apart]


def test_the_list_of_all_cards_keeps_its_two_columns_when_it_is_printed_alone() -> None:
    cards = [
        factory.card(n, f"Kort nummer {n} säger något som tar lite mer än en rad i spalten")
        for n in range(1, 71)
    ]
    document = pypdfium2.PdfDocument(made(factory.summary(cards), SV, ("cards",)).data)
    middle = styles.WIDE / 2
    for number in range(1, len(document)):
        page = document[number].get_textpage()
        gutter = page.get_text_bounded(
            left=middle - 3, right=middle + 3, bottom=styles.BOTTOM, top=styles.TALL - styles.TOP
        )
        assert gutter.strip() == "", f"page {number + 1}"


def checked_room(edition: str = "internal") -> Summary:
    at = factory.NOW
    checks = (
        Check("power", "lasts", {"percent": 64, "time": "10:50"}),
        Check("network", "named", {"wifi": "<b>Verkstan</b> & co", "address": "192.168.8.2"}),
    )
    return factory.summary(
        [factory.card(1, "Ett kort")],
        session=factory.session(settings={room_check.SETTING: room_check.to_text(checks, at)}),
        edition=edition,
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    (
        (
            SV,
            (
                "Rumskontrollen",
                "Batteri 64 %. Det räcker till ungefär 10.50. Kvar att göra: Anslut laddaren.",
            ),
        ),
        (
            EN,
            ("The room check", "Battery 64 %. It lasts until about 10:50. Left to do: Plug in the charger."),
        ),
    ),
)
def test_the_last_room_check_stands_on_the_last_page(lang: i18n.Language, words: tuple[str, ...]) -> None:
    last = tight(pages(made(checked_room(), lang).data)[-1])
    assert tight("<b>Verkstan</b> & co.") in last
    for text in words:
        assert tight(text) in last


def test_without_a_check_or_for_suppliers_nothing_of_the_room_is_printed() -> None:
    for value in (factory.summary([factory.card(1, "Ett kort")]), checked_room("open")):
        assert "Rumskontrollen" not in "".join(pages(made(value).data))


def test_what_came_in_is_told_by_source_and_adds_up() -> None:
    came = {
        "card": {"phone": 49, "paper": 5, "voice": 1},
        "understood": {"phone": 10, "hands": 14},
        "dot": {"paper": 7},
    }
    value = replace(factory.whole(), came_in=came, understood_by_source={"phone": 10, "hands": 14})
    text = tight("".join(pages(made(value, sections=("balance", "method")).data)))
    assert tight("Telefoner Papper Sagt högt Händer Summa") in text
    for row in ("Kort4951–55", "Svar på om frågan är begriplig10––1424", "Prickar–7––7"):
        assert tight(row) in text, row
    assert tight("(från telefon 10, från uppräckta händer 14)") in text
    opened = tight("".join(pages(made(replace(value, edition="open"), sections=("balance",)).data)))
    assert tight("Så kom det in") not in opened


def test_a_blacked_out_card_is_printed_with_its_trace() -> None:
    black = Blackout("text", factory.NOW, 10, "name")
    card = replace(factory.card(1, f"Ring {SIGN} i morgon"), paper=12, blackouts=(black,), source="paper")
    text = "".join(pages(made(factory.summary([card]), sections=("cards",)).data))
    assert tight(f"Ring {SIGN} i morgon") in tight(text)
    day = day_words(factory.NOW.date().isoformat(), SV, weekday=False, year=True)
    assert tight("papperskort 12") in tight(text)
    assert tight(f"10 tecken svärtade, en persons namn, {day} kl. ") in tight(text)
    cells = dict(zip(*sheets.cards(factory.summary([card]), SV), strict=True))
    assert (cells["text"], cells["paper"]) == (f"Ring {SIGN} i morgon", "12") and "10 tecken" in cells[
        "blacked_out"
    ]


def test_voices_recognition_by_group_and_loose_ends_stand_on_paper(tmp_path: Path) -> None:
    with SessionFile.read(finished("nassjo_boende", tmp_path / "x.behov")) as file:
        whole = queries.summary(file, "internal", "Behovsidentifiering")
    text = tight(" ".join(pages(made(whole).data)))
    loose = len(red_thread(whole.questions, whole.board, whole.needs, whole.goals, {}).gaps)
    for words in (
        f"{loose} lösa ändar",
        "Röster: 3 vars roll inte visas. Saknas: slutanvändare, verksamheten",
        "Använder tjänsten ja 3, nästan 0, nej 0",
        "Projekttävling",
        "upphandlare och jurist avgör",
    ):
        assert tight(words) in text, words


def test_where_phones_put_cards_is_no_answer_to_print() -> None:
    """It is told on the board as k of n; a list of numbers says nothing to anybody."""
    value = factory.whole()
    placed = replace(value.answers[0], step="groups", fields={"card": "22", "heap": "33"}, receipt="QQQ9")
    words = "".join(pages(made(replace(value, answers=(*value.answers, placed))).data))
    assert value.answers[0].receipt in words
    assert "QQQ9" not in words
