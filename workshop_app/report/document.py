"""A summary as a value: headings, paragraphs of runs, quotes, tables and figures, before any renderer sees it."""

from collections.abc import Iterator
from dataclasses import dataclass

from workshop_app.report.charts import Chart


@dataclass(frozen=True)
class Run:
    """A stretch of text in one dress. `voice` is "people" for what somebody typed, "app" for our own words."""

    text: str
    voice: str = "app"
    bold: bool = False
    italic: bool = False


Text = tuple[Run, ...]


def say(text: str, *, bold: bool = False) -> Text:
    """Our own words as a text."""
    return (Run(text, bold=bold),) if text else ()


def verbatim(text: str, *, bold: bool = False) -> Text:
    """What somebody typed as a text."""
    return (Run(text, "people", bold=bold),) if text else ()


def plain(text: Text) -> str:
    """A text without its dress."""
    return "".join(run.text for run in text)


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a section, level 2 a part of it, level 3 a part of that."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Para:
    """A paragraph. `kind`: "body", "lead", "label", "note", "ask", "large" or "sum"."""

    text: Text
    kind: str = "body"


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, word for word, and under it whose card it is."""

    text: str
    caption: str


@dataclass(frozen=True)
class Sentence:
    """The sentence of a need, set apart."""

    text: Text


@dataclass(frozen=True)
class Fact:
    """A label with what it says."""

    label: str
    text: Text


@dataclass(frozen=True)
class Facts:
    """Facts side by side in `columns`."""

    facts: tuple[Fact, ...]
    columns: int = 2


@dataclass(frozen=True)
class Listing:
    """A list, one point a line."""

    points: tuple[Text, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing, its words for those who do not see it, and blocks that say the same where none can be drawn."""

    chart: Chart
    alt: str
    instead: "tuple[Block, ...]" = ()


@dataclass(frozen=True)
class Cell:
    """One cell of a table: words, a small chart under them, or a seal with a number before them; `inset` stands under such."""

    text: Text = ()
    chart: Chart | None = None
    number: str = ""
    note: str = ""
    inset: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a head; `widths` are shares of the whole, `numeric` the columns whose words stand in the middle."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class CardEntry:
    """One received card in the list of all cards; `text` is empty and `withheld` says why where it may not be shown."""

    number: int
    receipt: str
    place: str
    text: str
    withheld: str = ""
    notes: Text = ()


@dataclass(frozen=True)
class CardList:
    """Every received card once, in number order, in two columns on paper."""

    cards: tuple[CardEntry, ...]


@dataclass(frozen=True)
class Columns:
    """Two stacks of blocks beside each other; `share` is the left one's part of the width."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"
    share: float = 0.5


@dataclass(frozen=True)
class Box:
    """A box of a sheet: its title and what stands in it; `strong` sets it apart, `share` is its part of the row."""

    title: str
    texts: tuple[Text, ...]
    strong: bool = False
    share: float = 1.0


@dataclass(frozen=True)
class Sheet:
    """Rows of boxes that fill one page if they can; what does not fit in the smallest letters goes on on the next."""

    rows: tuple[tuple[Box, ...], ...]
    lines: int = 0  # of small words that stand over it, beside the heading


@dataclass(frozen=True)
class Rung:
    """Blocks at one knot of the red thread: "solid" for what people said, "open" for what was made of it."""

    blocks: "tuple[Block, ...]"
    knot: str = "open"


@dataclass(frozen=True)
class Thread:
    """Rungs read from top to bottom along the red thread."""

    rungs: tuple[Rung, ...]


@dataclass(frozen=True)
class Contents:
    """Where the list of sections with their pages stands."""

    title: str


Block = (
    Heading
    | Para
    | Quote
    | Sentence
    | Facts
    | Listing
    | Figure
    | Table
    | CardList
    | Columns
    | Thread
    | Sheet
    | Contents
)


@dataclass(frozen=True)
class Section:
    """One part that a reader can ask for. `left` and `right` are its running heads; `fresh` begins a new page."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    left: str = ""
    right: str = ""
    fresh: bool = True
    listed: bool = True  # in the contents
    group: str = ""  # opens a group of this name in contents and outline
    grouped: bool = False  # stands under the group above it
    wide: bool = False  # on a page that lies down


@dataclass(frozen=True)
class Cover:
    """The first page."""

    format_name: str
    title: str
    when_where: str
    marks: tuple[str, ...]
    question_label: str
    question: str
    counts: tuple[tuple[int, str], ...]
    facts: tuple[Fact, ...]
    foot: str


@dataclass(frozen=True)
class Document:
    """A whole summary in one language, ready for a renderer."""

    title: str
    language: str
    cover: Cover | None
    sections: tuple[Section, ...]
    foot_title: str
    foot_where: str  # left out where there is no room for it
    foot_facts: str  # never cut
    foot_right: str
    page_words: str  # "page {page} of {pages}"
    subject: str = ""
    keywords: tuple[str, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, those inside other blocks too."""
        for section in self.sections:
            yield from _walk(section.blocks)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            yield from _walk(block.left)
            yield from _walk(block.right)
        elif isinstance(block, Thread):
            for rung in block.rungs:
                yield from _walk(rung.blocks)
