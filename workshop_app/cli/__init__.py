"""The commands: `workshop` from a terminal, made from actions and queries. Nothing here knows Qt."""

from workshop_app.cli.comments import comments_group
from workshop_app.cli.demo import demo_command
from workshop_app.cli.dialogue import dialogue_group
from workshop_app.cli.grouping import cluster_command, deal_command
from workshop_app.cli.in_and_out import export_command, import_command
from workshop_app.cli.library import library_command
from workshop_app.cli.paper import print_command
from workshop_app.cli.program import cli, run
from workshop_app.cli.project import project_command
from workshop_app.cli.self_test import PROBE, self_test_command
from workshop_app.cli.series import erase_command, merge_command, register_command
from workshop_app.cli.serving import serve_command
from workshop_app.cli.session_files import check_command, formats_command, new_command
from workshop_app.cli.texts import lint_command

__all__ = [
    "PROBE",
    "check_command",
    "cli",
    "cluster_command",
    "comments_group",
    "deal_command",
    "demo_command",
    "dialogue_group",
    "erase_command",
    "export_command",
    "formats_command",
    "import_command",
    "library_command",
    "lint_command",
    "merge_command",
    "new_command",
    "print_command",
    "project_command",
    "register_command",
    "run",
    "self_test_command",
    "serve_command",
]
