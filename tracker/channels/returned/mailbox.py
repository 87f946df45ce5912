"""The mailbox that mail comes back to: a folder (Maildir) into which any mail server or fetching program delivers."""

import mailbox
from datetime import datetime
from pathlib import Path

from tracker.channels.returned.bounces import take_mail


def read_maildir(path: Path, now: datetime) -> int:
    """Take every mail out of the folder; how many. One that is taken twice, because of a crash, changes nothing.

    What is no report is thrown away as well: the mailbox is for reports, and every mail in it has an address in it.
    """
    folder = mailbox.Maildir(path, create=False)
    taken = 0
    for name in sorted(folder.keys()):
        try:
            raw = folder.get_bytes(name)
        except KeyError:
            # Somebody else has taken it.
            continue
        take_mail(raw, now)
        folder.discard(name)
        taken += 1
    return taken
