"""Whole workshops from readable texts, each played three ways with the same outcome."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import language
from tests.journeys.drivers import AtTheWindow, OverHttp, Straight
from workshop_app import formats

JOURNEYS = sorted(Path(__file__).parent.glob("*.txt"))
FORMATS = sorted((Path(__file__).parent / "formats").glob("*.txt"))
ON_PHONES = ("maturity", "sprint", "supplier_conference")


@pytest.fixture(params=["straight", "over_http", "at_the_window"])
def driver(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """One of the three ways; closing proves that the file is whole."""
    made: Straight
    if request.param == "straight":
        made = Straight(tmp_path)
    elif request.param == "over_http":
        made = OverHttp(tmp_path)
    else:
        request.getfixturevalue("qt_app")
        helpers, core, test = map(
            import_module, ("tests.desktop.helpers", "PySide6.QtCore", "PySide6.QtTest")
        )
        helpers.look_like()
        helpers.press = test.QTest.keyClick
        phones = import_module("workshop_app.desktop.phones")
        monkeypatch.setattr(phones, "start_server", lambda _bridge: None)
        settings = import_module("workshop_app.desktop.settings").Settings()
        window = import_module("workshop_app.desktop.main_window").MainWindow(settings)
        made = AtTheWindow(tmp_path, window, helpers, core.Qt)
    yield made
    made.close()


@pytest.mark.parametrize("journey", FORMATS, ids=lambda p: p.stem)
def test_each_format_from_joining_to_paper(tmp_path: Path, journey: Path) -> None:
    driver = OverHttp(tmp_path) if journey.stem in ON_PHONES else Straight(tmp_path)
    try:
        for line in language.read(journey):
            language.play(driver, line)
    finally:
        driver.close()


def test_every_format_has_its_journey() -> None:
    assert {j.stem for j in FORMATS} == set(formats.formats())


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda p: p.stem)
def test_journey(driver: Any, journey: Path) -> None:
    for line in language.read(journey):
        language.play(driver, line)


def test_the_language_reads_what_it_says() -> None:
    (line,) = [language._line(1, 'phone anna writes "a\\n\\"b\\""*2 when="på natten"  # remark')]
    assert (
        line is not None
        and line.words == ("phone", "anna", "writes", 'a\n"b"a\n"b"')
        and line.pairs == {"when": "på natten"}
    )
    with pytest.raises(AssertionError, match="line 1"):
        language.play(object(), language.Line(1, "leader flies", ("leader", "flies")))


def test_there_are_journeys() -> None:
    assert len(JOURNEYS) >= 4
