"""Flags, and options half begun."""
FILES = {"Dockerfile": "FROM a\nENV TOKEN=1\nCOPY " + "--a=b " * 2_500 + "x y\n" + "# x=\n" * 4_000}
