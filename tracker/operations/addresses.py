"""Where machines ask: short, without a slash where custom has none, and known to nobody's browser."""

from typing import Final

HEALTH: Final = "/healthz"
READY: Final = "/readyz"
METRICS: Final = "/metrics/"
