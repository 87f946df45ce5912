"""The record as its readers want it: the log folded up to an edition, and what follows from that on a day.

Nothing in here writes, and nothing in here reads any table but the log's.
"""

from tracker.readmodel.edition import Edition
from tracker.readmodel.editions import forget_editions, open_edition, open_newest, with_entries
from tracker.readmodel.fold import Entry, State, fold

__all__ = ["Edition", "Entry", "State", "fold", "forget_editions", "open_edition", "open_newest", "with_entries"]
