"""A misspelt key of 50,000 letters, to be compared with each known one."""
FILES = {"compose.yaml": "services:\n  web:\n    " + "restarts" * 6_000 + ": 1\n"}
