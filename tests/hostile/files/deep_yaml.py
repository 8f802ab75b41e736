"""Thirty thousand brackets."""
FILES = {"compose.yaml": "services: " + "[" * 30_000}
