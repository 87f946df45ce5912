"""The tools for agents asked by an official client: lists all, and calls each. Works with both generations of the SDK.

    python scripts/agents.py http://127.0.0.1:8000

`make agents` runs it in an environment of each generation, over a site of its own.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

CALLS: Final = (
    ("who_is_missing", {"accession": "Sweden", "as_of": "2023-10-30"}),
    ("status", {"accession": "SWE", "ally": "Turkey", "as_of": "2023-10-30"}),
    ("changes_since", {"since": "2540"}),
    ("commitments", {"accession": "SWE", "as_of": "2023-10-30"}),
    ("search", {"q": "PKK Stockholm"}),
    ("cite", {"accession": "SWE", "as_of": "2023-10-30"}),
    ("verify", {"accession": "SWE", "ally": "TUR", "act": "approved", "by": "2023-12-31"}),
)


async def call_all(call: Callable[..., Awaitable[Any]], tools: Callable[[], Awaitable[Any]]) -> None:
    """List the tools and call each. Raises where one is not called here, or refuses."""
    listed = {tool.name for tool in (await tools()).tools}
    if listed != {name for name, _ in CALLS}:
        raise SystemExit(f"listed are {sorted(listed)}")
    for name, arguments in CALLS:
        result = await call(name, arguments)
        if getattr(result, "is_error", False) or getattr(result, "isError", False):
            raise SystemExit(f"{name}: {result.content}")
        sys.stdout.write(f"{name}: {result.content[0].text[:100]}\n")


async def main(address: str) -> None:
    """Ask by whichever client is installed."""
    try:
        from mcp.client.streamable_http import streamablehttp_client
    except ImportError:
        from mcp.client import Client

        async with Client(address) as client:
            sys.stdout.write(f"version {client.protocol_version}\n")
            await call_all(client.call_tool, client.list_tools)
        return
    from mcp import ClientSession

    async with streamablehttp_client(address) as (read, write, _), ClientSession(read, write) as session:
        sys.stdout.write(f"version {(await session.initialize()).protocolVersion}\n")
        await call_all(session.call_tool, session.list_tools)


asyncio.run(main(f"{sys.argv[1]}/mcp/"))
