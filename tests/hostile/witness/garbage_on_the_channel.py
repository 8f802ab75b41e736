"""Speaks on the channel itself: a thousand requests at once, descriptors sent along, then nothing."""
import os
import socket


async def fetch(connect, names):
    channel = connect._channel
    kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(20)]
    try:
        socket.send_fds(channel, [b"c" * 1000], kept)
        channel.send(b"\xff" * 100_000, socket.MSG_DONTWAIT)
        channel.send(b"!", socket.MSG_OOB | socket.MSG_DONTWAIT)
    except OSError:
        pass
    channel.close()
    return [f"{name}:0" for name in names]
