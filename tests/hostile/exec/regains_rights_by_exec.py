"""Has a new program ask for what this one may not: namespaces, mounts, other roots, raised limits."""
# needs: rootless
import subprocess


def tried(*command):
    try:
        done = subprocess.run(command, capture_output=True, timeout=2, stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            print("ATTACK-REACHED", command[0], flush=True)
    except (OSError, subprocess.SubprocessError):
        pass


def run(code):
    tried("unshare", "--user", "--map-root-user", "true")
    tried("unshare", "--mount", "true")
    tried("nsenter", "-t", "1", "-m", "true")
    tried("chroot", ".", "/bin/true")
    tried("prlimit", "--core=unlimited", "true")
    return ""
