"""The formats that come with the program: each file in resources/formats is one."""

from functools import cache

from workshop_app import resources
from workshop_app.formats.reading import carried, load
from workshop_app.formats.values import Format, FormatTrouble
from workshop_app.i18n import N_


@cache
def formats() -> dict[str, Format]:
    """Every format by id, in the order they are offered; FormatTrouble if a file cannot be used."""
    found: dict[str, Format] = {}
    for file in sorted(resources.path("formats").glob("[!_]*.toml")):
        one = load(file.read_text(encoding="utf-8"), file.name)
        if one.id in found:
            message = N_("{where}: another file already has a format with the id “{id}”. Choose another id.")
            raise FormatTrouble(message, where=file.name, id=one.id)
        found[one.id] = one
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


def held(name: str, text: str) -> Format | None:
    """The format a session follows: from the text it carries, else the one of this id; None if there is none such."""
    return carried(text) if text else formats().get(name)
