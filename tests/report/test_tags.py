"""What a screen reader is told of a printed page: a tree of headings, paragraphs, tables and pictures, in their order."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import NullObject

from tests.report import factory
from workshop_app.i18n import language
from workshop_app.report import content, pdf

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
