"""One instruction of 15 KiB for each rule that looks for two words: only the first is there."""
LINE = "RUN " + "pip " * 3_000 + "\nRUN " + "useradd " * 1_800 + "\nRUN " + "TOKEN" * 2_900
FILES = {"Dockerfile": f"FROM a\nENV TOKEN=1\n{LINE}\nUSER zz\nCMD " + "-b=" * 4_000 + "\n"}
