"""Looks around: the home folder, keys, shells' histories, other answers' folders, what runs here."""
# needs: rootless
import os
import pwd

home = pwd.getpwuid(os.getuid()).pw_dir
for folder in (home, "/tmp/zhixing-hostile-home", "/root", "/home", "/etc/ssl/private", "/var/log", "/boot", os.path.dirname(os.getcwd())):
    try:
        seen = os.listdir(folder)
    except OSError:
        continue
    others = [name for name in seen if os.path.join(folder, name) != os.getcwd()]
    if others:
        print("ATTACK-REACHED", folder, "holds", len(others))
for path in (".ssh/id_rsa", ".ssh/authorized_keys", ".bash_history", ".netrc", ".config", ".gitconfig"):
    try:
        os.close(os.open(os.path.join(home, path), os.O_RDONLY))
        print("ATTACK-REACHED", path)
    except OSError:
        pass
