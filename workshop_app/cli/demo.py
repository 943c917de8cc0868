"""`workshop demo`: plays a whole sample session with a real server, real HTTP and real paper, and counts what came out."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click

from workshop_app import actions, resources
from workshop_app.actions.action import do
from workshop_app.actions.short_form import Short, read_short
from workshop_app.cli import demo_room, demo_sorting
from workshop_app.cli.demo_room import Leader
from workshop_app.cli.phone import Phone
from workshop_app.cli.printed import print_and_count
from workshop_app.cli.program import REFUSED, cli, print_json, sample_path
from workshop_app.cli.session_files import json_option
from workshop_app.formats import Step
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store import queries
from workshop_app.store.schema import FILE_SUFFIX
from workshop_app.store.session_file import SessionFile

BREATH = 0.02  # seconds


@dataclass
class Played:
    """What a played session came to."""

    file: Path
    pdf: Path
    sent: int = 0
    stored: int = 0
    printed: int = 0
    groups: int = 0
    needs: int = 0
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether everything that was sent is stored and printed."""
        return self.sent == self.stored == self.printed


@cli.command("demo")
@click.option("--session", "name", metavar="NAME", help="A sample; the first one by default.")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Where file and PDF are left.")
@click.option("--phones", type=click.IntRange(1, 200), metavar="N", help="As many as took part by default.")
@click.option(
    "--verbose", is_flag=True, help="Say each received answer on standard error, as it is received."
)
@json_option
def demo_command(name: str | None, out: Path | None, phones: int | None, verbose: bool, as_json: bool) -> int:
    """Plays a whole sample session over real HTTP and prints it; fails unless sent = stored = printed."""
    began = time.perf_counter()
    source = sample_path(name) if name else resources.sample_files()[0]
    short = read_short(actions.transfer.read_json(source), source.name)
    folder = _folder(out)
    tell = (lambda _line: None) if as_json else _say
    played = Show(short, folder, source.stem, phones, tell, verbose).play()
    seconds = round(time.perf_counter() - began, 1)
    told: dict[str, Any] = {
        "session": source.stem,
        "sent": played.sent,
        "stored": played.stored,
        "printed": played.printed,
        "groups": played.groups,
        "needs": played.needs,
        "pdf": str(played.pdf),
        "file": str(played.file),
        "seconds": seconds,
        **played.more,
    }
    if as_json:
        print_json(told)
    else:
        for key, value in told.items():
            click.echo(f"{key:<9} {value}")
        click.echo("sent = stored = printed" if played.whole else "NOT sent = stored = printed")
    return 0 if played.whole else REFUSED


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()


def _folder(out: Path | None) -> Path:
    if out is None:
        return Path(tempfile.mkdtemp(prefix="behovsverkstad-demo-"))
    out.mkdir(parents=True, exist_ok=True)
    return out


def _free(folder: Path, stem: str, suffixes: Sequence[str]) -> Path:
    """A name in the folder that no earlier demo has used: nothing is overwritten."""
    number = 1
    while True:
        name = folder / (stem if number == 1 else f"{stem}-{number}")
        if not any(name.with_name(name.name + s).exists() for s in suffixes):
            return name
        number += 1


class Show:
    """One sample, played from the first step to the last."""

    def __init__(
        self,
        short: Short,
        folder: Path,
        stem: str,
        phones: int | None,
        tell: Callable[[str], None],
        verbose: bool,
    ) -> None:
        self.short, self.tell, self.verbose = short, tell, verbose
        name = _free(folder, stem, (FILE_SUFFIX, ".pdf"))
        self.file_path = name.with_name(name.name + FILE_SUFFIX)
        self.pdf_path = name.with_name(name.name + ".pdf")
        self.people = demo_room.people(short, phones)
        self.cast = demo_room.cast(short, self.people)
        self._talk = threading.Lock()

    def play(self) -> Played:
        """Plays, prints, counts and closes."""
        from workshop_app.web import server

        played = Played(self.file_path, self.pdf_path)
        with actions.session.create(
            self.file_path, program="workshop demo", **demo_room.cover(self.short)
        ) as file:
            running = server.start(file)
            try:
                phones = [Phone(running.url, n, **asdict(person)) for n, person in enumerate(self.people)]
                with _vectors_made(file):
                    self._walk(file, phones, played)
            finally:
                running.stop()
            self._count(file, phones, played)
        return played

    def _walk(self, file: SessionFile, phones: Sequence[Phone], played: Played) -> None:
        format_ = queries.format_of(file)
        leader = Leader(file, self.short)
        with ThreadPoolExecutor(max_workers=len(phones), thread_name_prefix="phone") as pool:
            for step in format_.steps:
                if step is not format_.first:
                    do(file, actions.agenda.next_step)
                    file.backup("step")
                before = getattr(leader, f"before_{step.kind}", None)
                if before is not None:
                    before(step)
                part = self._part(step, file)
                if part is not None:
                    list(pool.map(part, phones))
                after = getattr(leader, f"after_{step.kind}", None)
                if after is not None:
                    after(step)
                self.tell(self._line(step, file))
            for phone in phones:
                phone.close()
        played.groups = leader.suggested
        played.more = {
            "themes": leader.themes,
            "heaps": leader.heaps,
            "engine": leader.engine,
            **leader.sorted,
        }

    def _part(self, step: Step, file: SessionFile) -> Callable[[Phone], None] | None:
        """What every phone does at a step, in its own thread; None when phones only wait."""
        if step.kind == "lobby":
            return lambda phone: phone.join(step.id)
        if step.kind == "group":
            meant = demo_sorting.meaning(self.short)
            return lambda phone: self._sort(phone, step, meant)
        if step.phone != "form" or not step.fields:
            return None
        if step.makes == "card" and step.kind == "ask":
            return lambda phone: self._send_cards(phone, step)
        ids = {c.receipt: c.number for c in queries.board(file).cards.values()}
        needs = queries.needs(file)
        told = demo_room.Told(self.short, ids, {n.title: n.id for n in needs})
        return lambda phone: self._send_all(phone, step, told)

    def _send_cards(self, phone: Phone, step: Step) -> None:
        phone.look()
        for challenge in self.cast[phone.number]:
            phone.send(step.id, {"text": challenge["text"]}, text=challenge["text"])
            self._received(phone)
            # a breath between cards: also a computer that answers at once must show cards coming in
            time.sleep(BREATH)

    def _send_all(self, phone: Phone, step: Step, told: demo_room.Told) -> None:
        phone.look()
        for fields in demo_room.answers(step, phone, told):
            phone.send(step.id, fields)
            self._received(phone)

    def _sort(self, phone: Phone, step: Step, meant: Mapping[str, str]) -> None:
        if demo_sorting.sort_hand(phone, step.id, meant):
            self._received(phone)

    def _received(self, phone: Phone) -> None:
        if self.verbose:
            last = phone.receipts[-1]
            with self._talk:
                click.echo(f"received {last.key} {last.code}", err=True)
                sys.stderr.flush()

    def _line(self, step: Step, file: SessionFile) -> str:
        flow = queries.flow(file, step.id)
        return f"{step.id:<12} {flow.received:>4} answers from {flow.phones} phones"

    def _count(self, file: SessionFile, phones: Sequence[Phone], played: Played) -> None:
        sent = [r for phone in phones for r in phone.receipts if r.text]
        played.sent = len(sent)
        kept = {a.key: (a.receipt, a.text) for a in queries.answers(file)}
        cards = {c.receipt: c.text for c in queries.board(file).cards.values()}
        books = queries.balance(file)
        played.stored = sum(
            kept.get(r.key) == (r.code, r.text) and cards.get(r.code) == r.text for r in sent
        ) + (books.received - len(sent))
        if not books.balanced:
            played.stored = books.accounted
        played.needs = len(queries.needs(file))
        summary = queries.summary(
            file, "internal", queries.format_of(file).name.get(self.short.cover["language"])
        )
        played.printed = print_and_count(summary, self.pdf_path).found
        everything = sum(len(p.receipts) for p in phones)
        played.more |= {"phones": len(phones), "answers": everything, "resent": sum(p.resent for p in phones)}


@contextmanager
def _vectors_made(file: SessionFile) -> Iterator[None]:
    """Makes vectors of cards in the background while the phones send, as the desk does."""
    stop = threading.Event()
    broken: list[BaseException] = []

    def work() -> None:
        seen = -1
        try:
            while not stop.wait(0.1):
                version = file.data_version()
                if version != seen:
                    seen = version
                    actions.suggest.embed_pending(file, lambda _done, _all: not stop.is_set())
        except BaseException as trouble:
            broken.append(trouble)

    thread = threading.Thread(target=work, name="vectors", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if broken and not isinstance(broken[0], Refused | RoomTrouble):
        raise broken[0]
