"""A statement in English words, read as one or several forms that can be checked; or refused with what is missing.

The words stand in `words.toml`. Nothing is guessed: where a part is missing or may mean two things, there is no form.
"""

from tracker.readmodel.statements.forms import clauses_of
from tracker.readmodel.statements.reading import NotUnderstood, read_statement

__all__ = ["NotUnderstood", "clauses_of", "read_statement"]
