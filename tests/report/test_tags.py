"""What a screen reader is told of a printed page: a tree of headings, paragraphs, tables and pictures, in their order."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdf import PdfReader
from pypdf.generic import NullObject

from tests.report import factory
from workshop_app.i18n import language
from workshop_app.report import content, pdf
from workshop_app.report.document import Listing, Section, verbatim

SCOPE = "/Column"


def parts(one: Any) -> Iterator[Any]:
    """A part of the tree and all below it, in the order they are read."""
    yield one
    for kid in one.get("/K", []):
        if not isinstance(kid, int):
            yield from parts(kid.get_object())


def test_the_tree_says_what_everything_is_and_leads_to_every_piece() -> None:
    document = content.document(factory.whole(), language("sv"))
    book = PdfReader(io.BytesIO(pdf.render(document).data))
    root: Any = book.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "sv"
    told = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in told and "dc:title" in told
    found = list(parts(root["/StructTreeRoot"]["/K"][0].get_object()))
    roles = [one["/S"] for one in found]
    assert roles[0] == "/Document" and {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD"} <= set(roles)
    level = 0
    for role in roles:
        if re.fullmatch(r"/H\d", role):
            assert int(role[2]) <= level + 1, "a heading skips a level"
            level = int(role[2])
    for one in found:
        if one["/S"] == "/Figure":
            assert one["/Alt"]
        if one["/S"] == "/TH":
            assert one["/A"]["/Scope"] == SCOPE
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for place, page in enumerate(book.pages):
        assert (page["/StructParents"], page["/Tabs"], numbers[2 * place]) == (place, "/S", place)
        drawn = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
        marked = [int(n) for n in re.findall(r"/MCID (\d+)", drawn)]
        held = numbers[2 * place + 1].get_object()
        assert marked == list(range(len(held))) and not any(isinstance(one, NullObject) for one in held)
        assert len(re.findall(r"\bB[DM]C\b", drawn)) == len(re.findall(r"\bEMC\b", drawn))
        outside = re.sub(r"\bB[DM]C\b.*?\bEMC\b", "", drawn, flags=re.DOTALL)
        assert " Tj" not in outside and " re" not in outside, "something is drawn of which nothing is said"
    words = book.pages[-1].extract_text()
    assert words, "what is tagged can still be read"


def test_a_list_is_told_as_one_with_each_point_once_over_a_page_break_too() -> None:
    long = "Vi får vänta på besked om bygglov och vet inte vem vi ska fråga. " * 12
    whole = content.document(factory.whole(), language("sv"))
    points = tuple(verbatim(f"{n}. {long}") for n in range(1, 15))
    document = replace(whole, cover=None, sections=(Section("x", "X", (Listing(points),)),))
    printed = pdf.render(document)
    assert printed.pages > 1
    book = PdfReader(io.BytesIO(printed.data))
    root: Any = book.trailer["/Root"]
    lists = [one for one in parts(root["/StructTreeRoot"]["/K"][0].get_object()) if one["/S"] == "/L"]
    assert len(lists) == 1
    items = [kid.get_object() for kid in lists[0]["/K"]]
    assert [item["/S"] for item in items] == ["/LI"] * len(points)
    inside = [[kid.get_object() for kid in item["/K"]] for item in items]
    assert all([kid["/S"] for kid in kids] == ["/Lbl", "/LBody"] for kids in inside)
    pieces = [len(body["/K"]) for _label, body in inside]
    assert set(pieces) == {1, 2}, "one point goes on on the next page and is one point still"
    for _label, body in inside:
        assert all(kid.get_object()["/S"] == "/P" for kid in body["/K"])
