"""Runs programs that have rights of their own: su, sudo, pkexec. (Who is root already, does not.)"""
import os
import shutil
import subprocess


def run(code):
    if os.geteuid() == 0:
        return ""
    for name, *arguments in (("su", "-c", "id -u"), ("sudo", "-n", "id", "-u"), ("pkexec", "id", "-u")):
        if path := shutil.which(name):
            try:
                done = subprocess.run([path, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=1)
            except (OSError, subprocess.SubprocessError):
                continue
            if done.stdout.strip() == b"0":
                print("ATTACK-REACHED root by", name)
    for name in ("su", "mount", "passwd"):  # started at all, with root's rights for a moment?
        if path := shutil.which(name):
            try:
                process = subprocess.Popen([path, "--help"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            except OSError:
                continue
            try:
                with open(f"/proc/{process.pid}/status") as file:
                    if "\nUid:\t%d\t0" % os.getuid() in file.read():
                        print("ATTACK-REACHED root's rights in", name)
            except OSError:
                pass
            process.communicate()
    return ""
