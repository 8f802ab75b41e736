"""Makes links inside its folder to what lies outside, soft and hard, and reads through them."""
# needs: rootless
import os
import sys

roots = [p for p in sys.path if p and p != os.getcwd()]
targets = [f"{root}/zhixing_curriculum/labs/dl/dl-softmax-ce/checks.py" for root in roots]
targets += [f"{root}/../zhixing_curriculum/labs/dl/dl-softmax-ce/checks.py" for root in roots]
for n, target in enumerate(targets + ["/etc/shadow", "/etc/passwd"]):
    for how, make in (("symlink", os.symlink), ("link", os.link)):
        name = f"{how}-{n}"
        try:
            make(target, name)
            with open(name, "rb") as file:
                if file.read(10) and "passwd" not in target:
                    print("ATTACK-REACHED", how, target)
        except OSError:
            pass
for n, target in enumerate(["/proc/self/root", "/proc/self/cwd/..", "/proc/1/root", "/proc/thread-self/../../.."]):
    try:
        os.symlink(target, f"way-{n}")
        if [name for name in os.listdir(f"way-{n}/etc") if name]:
            print("ATTACK-REACHED the root by", target)
    except OSError:
        pass
