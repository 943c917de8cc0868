"""The few files a phone loads beside its page: one style sheet with its fonts inside, one script, one serif font."""

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache

from workshop_app import resources, theme

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2"}
_SANS = {
    400: "atkinson-hyperlegible-next-latin-400-normal.woff2",
    700: "atkinson-hyperlegible-next-latin-700-normal.woff2",
}
_SERIF = "source-serif-4-latin-400-normal.woff2"
_SCRIPTS = ("phone.js", "move.js")  # one file for the phone: the second builds on the first


@dataclass(frozen=True)
class Asset:
    """A file under /TOKEN/assets/; its name changes with its content, so that phones may keep it for good."""

    name: str
    type: str
    plain: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """Every asset by the name it is served under."""
    serif = _asset("serif", "woff2", resources.path("fonts", _SERIF).read_bytes())
    made = (
        serif,
        _asset("phone", "css", _style(serif.name).encode()),
        _asset("phone", "js", _script().encode()),
    )
    return {asset.name: asset for asset in made}


@cache
def name_of(kind: str) -> str:
    """The served name of the "css" or "js"."""
    return next(name for name in assets() if name.endswith("." + kind))


@cache
def inline_style() -> str:
    """The style sheet without fonts, for the pages outside a session that may load nothing."""
    return theme.css_variables() + _rules()


@cache
def inline_hash() -> str:
    """The inline style's hash as a Content-Security-Policy source."""
    digest = hashlib.sha256(inline_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _asset(stem: str, kind: str, content: bytes) -> Asset:
    mark = hashlib.sha256(content).hexdigest()[:10]
    packed = content if kind == "woff2" else gzip.compress(content, 9, mtime=0)
    return Asset(f"{stem}.{mark}.{kind}", _TYPES[kind], content, packed)


def _style(serif: str) -> str:
    # the two small fonts of every page ride inside the style sheet: one request instead of three
    faces = [_face("Atkinson", weight, _inside(file)) for weight, file in _SANS.items()]
    faces.append(_face("Source Serif", 400, serif))
    return "".join([theme.css_variables(), *faces, _rules()])


def _rules() -> str:
    rules = re.sub(r"/\*.*?\*/", "", resources.text("web", "phone.css"), flags=re.DOTALL)
    return re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", rules)).replace(": ", ":")


def _inside(file: str) -> str:
    data = base64.b64encode(resources.path("fonts", file).read_bytes()).decode()
    return f"data:font/woff2;base64,{data}"


def _face(family: str, weight: int, place: str) -> str:
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url("{place}") format("woff2")}}'
    )


def _script() -> str:
    lines = (line.strip() for name in _SCRIPTS for line in resources.text("web", name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
