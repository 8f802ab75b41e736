"""Runs other programs: a profile of processes is none of exec."""
# needs: rootless
import multiprocessing
import os
import subprocess


def tried(what, call):
    try:
        if call() == 0:
            print("ATTACK-REACHED", what, flush=True)
    except Exception:
        pass


def squares(xs):
    tried("true", lambda: subprocess.run(["/bin/true"]).returncode)
    tried("a shell", lambda: os.system(":"))

    def spawned():
        process = multiprocessing.get_context("spawn").Process(target=int)
        process.start()
        process.join(2)
        return process.exitcode

    tried("spawn", spawned)
    return []
