"""`workshop project`: the project that a session belongs to, what it follows, and the counts of its stages."""

from pathlib import Path
from typing import Any

import click

from workshop_app import actions
from workshop_app.actions import project
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import json_option, session_file
from workshop_app.i18n import N_
from workshop_app.model import phases
from workshop_app.model.phases import PHASES
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

ABSENT = N_("There is no file at {name}.")


@cli.command("project")
@session_file
@click.option("--name", default=None, metavar="TEXT", help="What the project is called.")
@click.option(
    "--follows",
    default=None,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The session before this one; `workshop new --from FILE` does this by itself.",
)
@click.option(
    "--stage", "stages", multiple=True, metavar="TITLE=COUNT", help="Repeatable, in order: all stages anew."
)
@click.option(
    "--phase", default=None, type=click.Choice(list(PHASES)), help="Where in the procurement this is."
)
@json_option
def project_command(
    file: Path,
    name: str | None,
    follows: Path | None,
    stages: tuple[str, ...],
    phase: str | None,
    as_json: bool,
) -> None:
    """Shows where a session stands in its project; with options, changes it."""
    if not file.exists():
        raise Refused(ABSENT, name=str(file))
    if any(given is not None for given in (name, follows, phase)) or stages:
        counted = project.read_stages("\n".join(stages))
        with SessionFile.open(file, program="workshop project") as opened:
            if follows is not None:
                before = actions.carry.look(follows)
                link: dict[str, Any] = {
                    "before": before.project,
                    "file_id": before.file_id,
                    "title": before.title,
                }
                actions.do(opened, project.follow, **link)
            if name is not None:
                actions.do(opened, project.set_name, name=name)
            if phase is not None:
                actions.do(opened, project.set_phase, phase=phase)
            if stages:
                actions.do(opened, project.set_stages, stages=counted)
    with SessionFile.read(file) as opened:
        told = queries.project(opened)
        now = phases.phase(queries.session(opened).settings, queries.format_of(opened).result)
    if as_json:
        stages_now = [vars(s) for s in told.stages]
        print_json({**vars(told), "stages": stages_now, "phase": now})
        return
    click.echo(
        f"{told.name or '-'}  follows {told.follows_title or '-'}  {told.brought} needs brought  phase {now}"
    )
    for stage in told.stages:
        click.echo(f"{stage.count:>6}  {stage.title}")
