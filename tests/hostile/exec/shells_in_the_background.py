"""Starts programs in the background that outlive it: nohup, setsid, a loop that ignores signals."""
import subprocess


def run(code):
    subprocess.Popen(["/bin/sh", "-c", "trap '' 1 2 3 15; sleep 600; : zhixing-hostile-daemon"])
    subprocess.Popen(["setsid", "nohup", "sh", "-c", "(sleep 600; : zhixing-hostile-daemon) &"])
    subprocess.Popen(["sh", "-c", "while :; do :; done; : zhixing-hostile-daemon"], start_new_session=True)
    return ""


statuses = run
