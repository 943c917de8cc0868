"""The program as a whole: which command was meant, and every way it can fail as one sentence and an exit code."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from workshop_app import __version__, i18n, resources
from workshop_app.cli import log
from workshop_app.formats import FormatTrouble
from workshop_app.i18n import N_, Language
from workshop_app.model.trouble import Refused, RoomTrouble, Trouble

Desktop = Callable[[Path | None, str | None], int]

REFUSED, USAGE, ROOM, DAMAGED, STOPPED = 1, 2, 3, 4, 130

NO_SCREEN = N_("There is no screen here. `workshop demo` plays a whole workshop without one.")
NO_QT = N_("The desktop cannot start here: {why}. `make setup` says what to install.")
NO_COMMAND = N_("There is no command and no file called “{name}”.")
NO_SAMPLE = N_("There is no sample called “{name}”. Choose one of: {known}.")
MISSING = N_("{name} is missing.")
NO_OPTION = N_("There is no option {name}.")
ONE_OF = N_("{name} must be one of: {known}.")
NUMBER = N_("{name} must be a number that fits: {why}")
NOT_UNDERSTOOD = N_("The command was not understood: {why}")
HELP = N_("{sentence} `{command} --help` shows how.")
NO_SPACE = N_("The computer said no: {why}.")
OUR_FAULT = N_(
    "Something went wrong inside the program ({kind}). What was stored is safe. Details are in {log}."
)


class Program(click.Group):
    """The command line; what is no command but looks like a file is opened on the desktop."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant and its arguments."""
        name = args[0]
        if name in self.commands:
            return super().resolve_command(ctx, args)
        if Path(name).exists() or Path(name).suffix or any(sign in name for sign in "/\\"):
            return "desktop", self.commands["desktop"], args
        raise click.UsageError(i18n.system_language()(NO_COMMAND).format(name=name), ctx)


@click.group(cls=Program, invoke_without_command=True)
@click.option("--sample", metavar="NAME", help="Open the desktop on a copy of a sample session.")
@click.option(
    "--self-test", "self_test_wanted", is_flag=True, help="Try resources, fonts, words, model, SQLite, Qt."
)
@click.version_option(__version__, prog_name="workshop", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, sample: str | None, self_test_wanted: bool) -> int:
    """Behovsverkstad: leads a needs workshop from one laptop, without internet.

    `workshop` or `workshop FILE` opens the desktop; the commands below need no screen.
    """
    if self_test_wanted:
        ctx.exit(ctx.invoke(cli.commands["self-test"]))
    if ctx.invoked_subcommand is None:
        return open_desktop(ctx.obj, None, sample)
    return 0


@cli.command("desktop", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def desktop_command(desktop: Desktop, file: Path) -> int:
    """Opens the desktop on a session file."""
    if not file.exists():
        raise Refused(N_("There is no file at {name}."), name=str(file))
    return open_desktop(desktop, file, None)


def open_desktop(desktop: Desktop, file: Path | None, sample: str | None) -> int:
    """Opens the desktop, or says why it cannot start here."""
    if sample is not None:
        sample_path(sample)
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(s) for s in screens):
        raise RoomTrouble(NO_SCREEN)
    try:
        return desktop(file, sample)
    except ImportError as trouble:
        if not (trouble.name or "").startswith(("PySide6", "shiboken6")) and ".so" not in str(trouble):
            raise
        raise RoomTrouble(NO_QT, why=str(trouble)) from trouble


def sample_path(name: str) -> Path:
    """The file of a shipped sample by its name; Refused names those there are."""
    known = {p.stem: p for p in resources.sample_files()}
    if name not in known:
        raise Refused(NO_SAMPLE, name=name, known=", ".join(known))
    return known[name]


# Running and failing ------------------------------------------------------------------


def run(args: Sequence[str], desktop: Desktop) -> int:
    """Runs one command; returns its exit code. No bad input ever ends in a traceback."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    log.quiet()
    lang = i18n.system_language()
    try:
        result = cli.main(args=list(args), prog_name="workshop", standalone_mode=False, obj=desktop)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.UsageError as trouble:
        return _fail(_usage(trouble, lang), USAGE)
    except FormatTrouble as trouble:
        return _fail(trouble.words(lang), REFUSED)
    except Trouble as trouble:
        return _fail(trouble.say(lang), trouble.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return STOPPED
    except BrokenPipeError:
        # whoever read us has gone; nothing may be said at interpreter exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as trouble:
        why = ": ".join(
            x for x in (trouble.strerror or type(trouble).__name__, str(trouble.filename or "")) if x
        )
        return _fail(lang(NO_SPACE).format(why=why), ROOM)
    except Exception as trouble:
        command = next((a for a in args if a in cli.commands), "")
        log.write(f"{command} {type(trouble).__name__}".strip(), trouble)
        return _fail(lang(OUR_FAULT).format(kind=type(trouble).__name__, log=log.path()), REFUSED)


def _fail(sentence: str, code: int) -> int:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    click.echo(sentence, err=True)
    return code


def _usage(trouble: click.UsageError, lang: Language) -> str:
    command = trouble.ctx.command_path if trouble.ctx else "workshop"
    return lang(HELP).format(sentence=_usage_sentence(trouble, lang), command=command)


def _usage_sentence(trouble: click.UsageError, lang: Language) -> str:
    if isinstance(trouble, click.NoSuchOption):
        return lang(NO_OPTION).format(name=trouble.option_name)
    if isinstance(trouble, click.MissingParameter) and trouble.param:
        return lang(MISSING).format(name=_name(trouble.param))
    if isinstance(trouble, click.BadParameter) and trouble.param:
        kind = trouble.param.type
        if isinstance(kind, click.Choice):
            return lang(ONE_OF).format(name=_name(trouble.param), known=", ".join(map(str, kind.choices)))
        if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
            return lang(NUMBER).format(name=_name(trouble.param), why=trouble.message)
        return trouble.message
    if isinstance(trouble, click.BadOptionUsage):
        return lang(MISSING).format(name=trouble.option_name)
    if trouble.message.startswith(lang(NO_COMMAND).split("{")[0]):
        return trouble.message
    return lang(NOT_UNDERSTOOD).format(why=trouble.message)


def _name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else (param.metavar or param.name or "").upper()


def print_json(data: Any) -> None:
    """One JSON object on one line of standard output, at once."""
    click.echo(json.dumps(data, ensure_ascii=False, default=str))
    sys.stdout.flush()
