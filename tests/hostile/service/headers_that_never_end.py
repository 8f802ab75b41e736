"""Begins a reply and never ends it, or begins none."""
import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError
    await asyncio.sleep(3600)
