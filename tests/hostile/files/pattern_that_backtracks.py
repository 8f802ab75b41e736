"""Patterns that a regular expression would try in every way."""
FILES = {".dockerignore": "*a*e*i*o*u*" * 20 + "Q\n" + "**?**?" * 40 + "\n"}
