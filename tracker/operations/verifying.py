"""Whether the record is whole: the root of every edition worked out anew from the bytes of its entries."""

from collections.abc import Callable

from tracker.domain.exceptions import TrackerError
from tracker.domain.merkle import Tree
from tracker.models import Change
from tracker.readmodel.log.snapshot import entry_bytes
from tracker.readmodel.record import Mark, current_mark


class NotWhole(TrackerError):
    """The log is not what its roots say; the message says where it begins not to be."""


def verify_record(tick: Callable[[int], object] = lambda position: None) -> Mark:
    """The end of the log, every entry of which is there and is what its root says. Raises `NotWhole`."""
    head, tree = current_mark(), Tree()
    for entry in Change.objects.order_by("position").iterator(chunk_size=1000):
        if entry.position != tree.size + 1:
            raise NotWhole(f"Entry {tree.size + 1} is missing.")
        tree.append(entry_bytes(entry))
        if tree.root != entry.root:
            raise NotWhole(f"Entry {entry.position} is not what its root says.")
        tick(entry.position)
    if (tree.size, tree.root) != (head.edition, head.root):
        raise NotWhole(f"The log has {tree.size} entries; its head says {head.name}.")
    return head
