"""Brings an empty or older file to this version. Apart from `schema`, because sqlite-utils loads NumPy where it is
installed, and a file that is up to date must open without waiting for that."""

from sqlite_utils import Database, Migrations

from workshop_app.store.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES_SQL
from workshop_app.store.views import VIEWS_SQL

migrations = Migrations("behovsverkstad")


@migrations()
def first_schema(db: Database) -> None:
    """Version 1: everything a needs workshop leaves behind."""
    for statement in (TABLES_SQL + VIEWS_SQL).split(";\n"):
        if statement.strip():
            db.execute(statement)


def make(db: Database) -> None:
    """Applies what is missing, in one transaction, and marks the file as ours."""
    with db.atomic():
        migrations.apply(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
