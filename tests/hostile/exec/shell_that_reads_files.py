"""Has a shell and its friends read checks, the home folder, and what runs here."""
# needs: rootless
import subprocess
import sys

SCRIPT = """
for folder in $ROOTS; do
  cat "$folder/zhixing_curriculum/labs/dl/dl-softmax-ce/checks.py" >/dev/null 2>&1 && echo ATTACK-REACHED checks
done
ls ~ 2>/dev/null | grep -q . && echo ATTACK-REACHED home
for pid in /proc/[0-9]*; do
  tr '\\0' ' ' < $pid/cmdline 2>/dev/null | grep -q grader.judge && echo ATTACK-REACHED the judge
done
"""


def run(code):
    import zhixing

    roots = zhixing.__path__[0] + "/.."
    done = subprocess.run(
        ["/bin/sh", "-c", SCRIPT], env={"ROOTS": roots, "PATH": "/bin:/usr/bin", "HOME": "/root"}, capture_output=True
    )
    print(done.stdout.decode()[:1000], flush=True)
    return ""
