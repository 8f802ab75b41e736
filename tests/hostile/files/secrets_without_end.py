"""Half a secret's name, 200,000 letters of it."""
FILES = {"Dockerfile": "FROM a\nENV TOKEN=1\nRUN echo " + "TOKEN" * 40_000 + "\n"}
