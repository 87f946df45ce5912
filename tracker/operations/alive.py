"""`python -m tracker.operations.alive`: exit 0 when the web server of this container answers, for its health check."""

import http.client
import os
import sys
from urllib.parse import urlsplit

PATIENCE = 4.0


def answers(port: int, host: str) -> bool:
    """Whether the front page is served, asked for as a proxy would: under the public name, over TLS."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/", headers={"Host": host, "X-Forwarded-Proto": "https"})
        # A redirect to https is an answer too; where no proxy is trusted it is the only one.
        return connection.getresponse().status < 400
    except OSError:
        return False
    finally:
        connection.close()


def main() -> int:
    """The exit status."""
    host = urlsplit(os.environ.get("BASE_URL", "http://localhost")).hostname or "localhost"
    return 0 if answers(int(os.environ.get("PORT", "8000")), host) else 1


if __name__ == "__main__":
    sys.exit(main())
