"""One small table for all measurements: what, measured, limit, and the measured as a part of the limit.

Nothing here fails on a slow machine.
"""

from collections.abc import Callable, Iterator

import pytest

Row = tuple[str, str, str]


@pytest.fixture(scope="session")
def rows() -> Iterator[list[Row]]:
    """The table, printed when everything is measured."""
    found: list[Row] = []
    yield found
    wide = max((len(what) for what, _, _ in found), default=0)
    print("\n")
    for what, measured, limit in found:
        print(f"  {what:<{wide}}  {measured:>12}  {limit}")


@pytest.fixture
def told(rows: list[Row]) -> Callable[..., None]:
    """Adds a line to the table."""

    def add(
        what: str, measured: float, unit: str = "s", limit: float | None = None, least: bool = False
    ) -> None:
        bound = (
            ""
            if limit is None
            else f"{'>=' if least else '<='} {limit:g} {unit:<2} {measured / limit:5.2f} of it"
        )
        within = limit is None or (measured >= limit if least else measured <= limit)
        figure = f"{measured:,.0f}" if measured >= 1000 else f"{measured:.2f}"
        rows.append((what, f"{figure} {unit}".rstrip(), bound + ("" if within else "   MISSED")))

    return add
