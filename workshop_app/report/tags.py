"""Says what each piece on paper is, so that a screen reader hears headings, paragraphs, tables and pictures in their order.

What is drawn inside `tagged` is content; everything else (lines, grounds, heads and feet) is for the eye alone. The tree
that comes of it is written with the file, as PDF/UA asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from workshop_app.report import fonts

HEADINGS = {"h1": "H1", "h2": "H2", "h3": "H3"}  # names of styles
_UNSAID = "/Artifact BMC"
_TOLD = {"startTable": "Table", "startRow": "TR", "startCell": "TD"}
_ENDS = ("endTable", "endRow", "endCell")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def role_of(style: ParagraphStyle) -> str:
    """What a paragraph in a style is."""
    return HEADINGS.get(style.name, "P")


@dataclass
class _Part:
    """One part of the tree: what it is, what stands in it, and the words in place of a picture."""

    role: str
    alt: str = ""
    parts: list["_Part"] = field(default_factory=list)
    marks: "list[_Part] | None" = None  # of its page, among which it has its place, if it is drawn itself
    place: int = 0
    head: bool = False  # a cell that heads its column


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that knows what is drawn on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._tree = _Part("Document")
        self._within = [self._tree]
        self._pages: list[tuple[Any, list[_Part]]] = []
        self._marks: list[_Part] = []
        self.unsaid = False  # True while what is written is no content
        self._level = 0  # of the latest heading
        super().__init__(*args, **kwargs)
        self._begin_page()

    @contextmanager
    def tagged(self, role: str, alt: str = "") -> Iterator[None]:
        """What is drawn meanwhile is one piece of content; inside another piece it is a part of that."""
        if self.unsaid:
            yield
            return
        if role in HEADINGS.values():  # none skips a level, whatever it looks like
            self._level = min(int(role[1]), self._level + 1)
            role = f"H{self._level}"
        part = _Part(role, alt, marks=self._marks, place=len(self._marks))
        self._marks.append(part)
        self._within[-1].parts.append(part)
        self._code += ["EMC", f"/{role} <</MCID {part.place}>> BDC"]
        self.unsaid = True
        try:
            yield
        finally:
            self.unsaid = False
            self._code += ["EMC", _UNSAID]

    @contextmanager
    def running(self) -> Iterator[None]:
        """What is drawn meanwhile is the head or the foot of a page: it is not read out on each."""
        self.unsaid = True
        self._code += ["EMC", "/Artifact <</Type /Pagination>> BDC"]
        yield
        self._code += ["EMC", _UNSAID]
        self.unsaid = False

    def begin(self, role: str, head: bool = False) -> None:
        """The pieces that are drawn until `end` belong together."""
        part = _Part(role, head=head)
        self._within[-1].parts.append(part)
        self._within.append(part)

    def end(self) -> None:
        """Ends what `begin` began last."""
        self._within.pop()

    def drawString(self, *args: Any, **kwargs: Any) -> None:
        """A line of text is a piece of content where nothing else is said of it."""
        with self.tagged("P"):
            super().drawString(*args, **kwargs)

    def _startPage(self) -> None:
        super()._startPage()
        self._begin_page()

    def _begin_page(self) -> None:
        self._marks = []
        self._code.append(_UNSAID)
        self._bare = len(self._code)

    def showPage(self) -> None:
        """Writes the page, and keeps what stands on it for the tree."""
        self._code.append("EMC")
        marks, pages = self._marks, self._doc.Pages.pages
        super().showPage()
        page = pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages), pdfdoc.PDFName("S")
        self._pages.append((page, marks))

    def save(self) -> None:
        """Writes the file with its tree."""
        if len(self._code) > self._bare:
            self.showPage()
        self._code.clear()  # or an empty page would be written for what begins one
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        doc, catalog = self._doc, self._doc.Catalog
        of = {id(marks): page for page, marks in self._pages}
        root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
        above = doc.Reference(root, "structTreeRoot")
        made: dict[int, Any] = {}

        def write(part: _Part, parent: Any) -> Any:
            told: dict[str, Any] = {"S": pdfdoc.PDFName(part.role), "P": parent}
            one = pdfdoc.PDFDictionary(told)
            reference = doc.Reference(one, f"structElement{len(made)}")
            made[id(part)] = reference
            kids = [write(below, reference) for below in part.parts]
            if part.marks is not None:
                told["Pg"] = doc.Reference(of[id(part.marks)])
                kids.append(part.place)
            told |= {"K": pdfdoc.PDFArray(kids)} if kids else {}
            told |= {"Alt": pdfdoc.PDFString(fonts.clean(part.alt))} if part.alt else {}
            if part.head:
                column = {"O": pdfdoc.PDFName("Table"), "Scope": pdfdoc.PDFName("Column")}
                told["A"] = pdfdoc.PDFDictionary(column)
            one.dict = told
            return reference

        numbers: list[Any] = []
        root.dict["K"] = pdfdoc.PDFArray([write(self._tree, above)])
        for number, (_page, marks) in enumerate(self._pages):
            numbers += [number, pdfdoc.PDFArray([made[id(part)] for part in marks])]
        root.dict["ParentTree"] = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
        root.dict["ParentTreeNextKey"] = len(self._pages)
        catalog.StructTreeRoot = above
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.Metadata = pdfdoc.XMP(
            creator=lambda _doc: _XMP.format(title=escape(doc.info.title or "")).encode()
        )
        self.setViewerPreference("DisplayDocTitle", "true")


class Pictured(Flowable):  # type: ignore[misc]
    """A drawing with the words that say what it shows."""

    def __init__(self, drawing: Any, alt: str) -> None:
        super().__init__()
        self.drawing, self.alt, self.hAlign = drawing, alt, drawing.hAlign

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        size: tuple[float, float] = self.drawing.wrap(width, height)
        return size

    def draw(self) -> None:
        with self.canv.tagged("Figure", self.alt):
            self.drawing.drawOn(self.canv, 0, 0)


def told(table: Any, event: str, row: int = 0, *_more: Any) -> None:
    """Hears what a table draws, and tells its rows and cells; the rows that are repeated head their columns."""
    if event in _TOLD:
        head = event == "startCell" and row < (table.repeatRows or 0)
        table.canv.begin("TH" if head else _TOLD[event], head)
    elif event in _ENDS:
        table.canv.end()
