"""How many processors this process may use: those that it is bound to, and no more than its container's share."""

import math
import os
from pathlib import Path
from typing import Final

# As the second and the first generation of control groups tell the share.
_SECOND: Final = Path("/sys/fs/cgroup/cpu.max")
_FIRST: Final = (Path("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"), Path("/sys/fs/cgroup/cpu/cpu.cfs_period_us"))


def processors(second: Path = _SECOND, first: tuple[Path, Path] = _FIRST) -> int:
    """The number; at least one."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(bound, math.ceil(_share(second, first) or bound)))


def _share(second: Path, first: tuple[Path, Path]) -> float | None:
    """The share in processors; None where there is no limit."""
    try:
        words = second.read_text().split() if second.is_file() else [path.read_text().strip() for path in first]
    except OSError:
        return None
    if len(words) != 2 or not all(word.isdecimal() for word in words) or int(words[1]) == 0:
        return None
    return int(words[0]) / int(words[1])
