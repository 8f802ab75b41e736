"""Connects to servers that run on this machine, outside."""
# needs: full
import socket


def echo(words):
    for port in (47951, 22, 80, 443, 5432, 6379, 8000, 8080):
        try:
            with socket.create_connection(("127.0.0.1", port), 0.2):
                print("ATTACK-REACHED port", port)
        except OSError:
            pass
    return None
