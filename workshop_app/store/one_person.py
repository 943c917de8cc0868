"""Which participants are one and the same person: a phone that joined anew, and who it was before.

Rows stay under the id that sent them. Whoever counts people, or asks for one person's rows, goes through here.
"""

HEADS = "id NOT IN (SELECT participant FROM same_person)"  # of the rows of "participant", one for each person
# a person's ids, the one it is known by and those joined with it; two values, both that id
SELVES = "(SELECT ? UNION ALL SELECT participant FROM same_person WHERE same_as = ?)"


def whose(column: str) -> str:
    """SQL for the person behind a column with a participant's id."""
    return f"coalesce((SELECT same_as FROM same_person WHERE same_person.participant = {column}), {column})"
