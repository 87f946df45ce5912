"""`python -m tracker.operations.alive`: exit 0 when the web server of this container answers, for its health check."""

import http.client
import os
import sys

from tracker.operations.addresses import HEALTH

PATIENCE = 4.0


def answers(port: int) -> bool:
    """Whether the process says that it lives. What it rests on is asked at `/readyz`: no restart would mend that."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def main() -> int:
    """The exit status."""
    return 0 if answers(int(os.environ.get("PORT", "8000"))) else 1


if __name__ == "__main__":
    sys.exit(main())
