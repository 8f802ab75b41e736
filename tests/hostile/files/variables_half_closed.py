"""Variables that are opened and never closed, one in the other."""
FILES = {"Dockerfile": "ARG a=1\nFROM " + "${a:-" * 3_000 + "\nENV TOKEN=1\n"}
