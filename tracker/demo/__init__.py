"""Sweden's way into NATO, replayed through the watch: sources publish day by day, the job notices, a reviewer accepts.

A demonstration and a test. It uses the shipped facts twice: as what sources publish, and as what the record
should say by the end of each day. Between the two lies everything that an instance does.
"""

from tracker.demo.running import Day, Replay, ReplayDiverged

__all__ = ["Day", "Replay", "ReplayDiverged"]
