"""How is it here? What `doctor` looks at: Python, the home, isolation, packs, the machine.

It looks at everything and stops at nothing: what is wrong is a finding, never an exception.
"""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from zhixing import __version__
from zhixing.actions.desk import DATABASE, Desk
from zhixing.actions.mirrors import pip_install, torch_asked_for
from zhixing.actions.packs import audit_packs
from zhixing.errors import Letter, Problem, reason_of
from zhixing.grader import isolation
from zhixing.settings import Settings, unknown_variables
from zhixing.store.opening import open_store
from zhixing.words import Said, Sayable, say

State = Literal["fine", "note", "trouble"]

LIBRARIES = ("click", "fastapi", "jinja2", "markdown-it-py", "matplotlib", "mdit-py-plugins",
             "msgspec", "nh3", "numpy", "pandas", "platformdirs", "python-multipart", "pyyaml",
             "rich", "ruff", "scikit-learn", "sqlalchemy", "uvicorn", "watchfiles")  # fmt: skip
OVER_A_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs",
                            "ceph", "glusterfs", "lustre"})  # fmt: skip
LEAST_FREE = 200 * 1024 * 1024
LEAST_MEMORY = 1024**3
MIB = 1024 * 1024
SHOWN_LETTERS = 5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `key` is its stable name for programs."""

    key: str
    title: Said
    state: State
    seen: Sayable
    next_step: Sayable | None = None


def health(desk: Desk, environment: Mapping[str, str], encoding: str) -> tuple[Finding, ...]:
    """All there is to say about this home and this machine. `encoding` is that of the terminal."""
    return (
        _python(),
        _libraries(desk.settings),
        _torch(desk.settings),
        *_home(desk.settings, desk.learner),
        _disk(desk.settings.home),
        _isolation(),
        *_packs(desk),
        _mirror(desk),
        _machine(),
        _terminal(encoding),
        *_environment(environment),
    )


def unwell(findings: tuple[Finding, ...]) -> bool:
    """Whether something keeps Zhixing from working."""
    return any(finding.state == "trouble" for finding in findings)


def of_problem(key: str, title: Said, problem: Problem) -> tuple[Finding, ...]:
    """A finding for each letter of a problem."""
    return tuple(_trouble(key, title, letter) for letter in problem.letters)


def _trouble(key: str, title: Said, letter: Letter) -> Finding:
    seen = say("{what} · {where}", what=letter.what, where=letter.where)
    return Finding(key, title, "trouble", seen, letter.next_step)


def _python() -> Finding:
    seen = say(
        "Zhixing {ours}, Python {version}, {system}",
        ours=__version__,
        version=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
    )
    return Finding("python", say("Python"), "fine", seen)


def _libraries(settings: Settings) -> Finding:
    found, missing = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    title = say("libraries")
    if missing:
        names = " ".join(missing)
        what = say("not installed: {names}", names=names)
        step = say("`{command}`", command=pip_install(settings.mirror, *missing))
        return Finding("libraries", title, "trouble", what, step)
    return Finding("libraries", title, "fine", say("{names}", names=", ".join(found)))


def _torch(settings: Settings) -> Finding:
    """An extra: all but the labs that train networks work without it."""
    try:
        return Finding("torch", say("torch"), "fine", say("{names}", names=version("torch")))
    except PackageNotFoundError:
        step = say("`{command}`", command=pip_install(settings.mirror, *torch_asked_for()))
        seen = say("not installed: the labs that train networks need it")
        return Finding("torch", say("torch"), "note", seen, step)


# --- the home -----------------------------------------------------------------------------------


def _home(settings: Settings, learner: str) -> Iterator[Finding]:
    title, home = say("home"), settings.home
    standing = _nearest_folder(home)
    if not os.access(standing, os.W_OK | os.X_OK):
        what = say("{home}: {folder} cannot be written to", home=home, folder=standing)
        step = say("make it writable, or choose another home: `--home FOLDER`, ZHIXING_HOME")
        yield Finding("home", title, "trouble", what, step)
    elif not (home / DATABASE).exists():
        what = say("{home}: nothing in it yet", home=home)
        yield Finding("home", title, "note", what, say("`zhixing init` makes it"))
    else:
        try:
            with open_store(home / DATABASE) as store:
                unread = sum(store.unread(learner).values())
                store.happenings(learner)  # a damaged row is found here
        except Problem as problem:
            yield from of_problem("home", title, problem)
        else:
            yield Finding("home", title, "fine", say("{home}", home=home))
            if unread:
                seen = say("written by a newer Zhixing, kept, and not counted here: {n}", n=unread)
                command = pip_install(settings.mirror, "--upgrade", "zhixing")
                step = say("update this program: `{command}`", command=command)
                yield Finding("unread", title, "note", seen, step)


def _nearest_folder(home: Path) -> Path:
    """The home, or the folder above it that is there already."""
    return next((p for p in (home, *home.parents) if p.exists()), home)


def _disk(home: Path) -> Finding:
    title, folder = say("disk"), _nearest_folder(home)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as trouble:
        what = say("cannot be asked: {why}", why=reason_of(trouble))
        return Finding("disk", title, "note", what)
    kind = _file_system(folder)
    seen = say("{kind}, {free} MiB free", kind=kind or say("unknown kind"), free=free // MIB)
    if free < LEAST_FREE:
        return Finding("disk", title, "trouble", seen, say("free some space: it is nearly full"))
    if kind in OVER_A_NETWORK:
        step = say(
            "a database over a network can be damaged when two machines write at once: keep the "
            "home on a disk of this machine"
        )
        return Finding("disk", title, "note", seen, step)
    return Finding("disk", title, "fine", seen)


def _file_system(folder: Path) -> str | None:
    """The kind of the file system of a folder, where Linux tells it: ext4, nfs4, overlay …"""
    place, best, kind = str(folder.resolve()), -1, None
    with suppress(OSError, IndexError, ValueError):
        for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
            mount, rest = line.split()[4].replace("\\040", " "), line.split(" - ")[1]
            inside = place == mount or place.startswith(mount.rstrip("/") + "/")
            if inside and len(mount) >= best:
                best, kind = len(mount), rest.split()[0]
    return kind


# --- what runs, and with what -------------------------------------------------------------------


def _isolation() -> Finding:
    """The level of gradings here, and what would raise it."""
    found, title = isolation.here(), say("isolation")
    if found.level == "full":
        seen = say(
            "level full: an answer reaches its own folder and the libraries, no network, no other "
            "process: fit for a class (namespaces, Landlock {abi}, seccomp, a control group)",
            abi=found.landlock,
        )
        return Finding("isolation", title, "fine", seen)
    if found.level == "rootless":
        seen = say(
            "level rootless: an answer reaches its own folder and the libraries, no network, no "
            "other process: fit for a class (Landlock {abi}, seccomp)",
            abi=found.landlock,
        )
        return Finding("isolation", title, "fine", seen, _towards_full(found))
    seen = say(
        "level process: an answer runs in processes of its own, with limits and without the "
        "checks; it has your rights on this machine, so run only what you would run yourself"
    )
    return Finding("isolation", title, "note", seen, _towards_rootless(found))


def _towards_full(found: isolation.Isolation) -> Said:
    """For one's own work rootless is enough; labs with a network of their own need full."""
    if found.no_namespaces:
        return say(
            "every lab that is here runs at this level; one that asks for a network of its own "
            "needs full: namespaces are refused here ({why}); on Ubuntu 24.04 and later the "
            "administrator allows them with `sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0`, or run the grader as root in a "
            "container",
            why=found.no_namespaces,
        )
    return say(
        "every lab that is here runs at this level; one that asks for a network of its own needs "
        "full: start with `systemd-run --user --scope -p Delegate=yes zhixing …` to be given a "
        "control group ({why})",
        why=found.no_control_group,
    )


def _towards_rootless(found: isolation.Isolation) -> Said:
    if sys.platform == "win32":
        return say("inside WSL it is a Linux: `wsl --install`, then install Zhixing there")
    if sys.platform != "linux":
        return say("for other people's answers grade on a Linux machine or in a Linux container")
    if not found.landlock:
        return say(
            "this kernel has no Landlock: Linux 5.13 or later has it "
            "(`cat /sys/kernel/security/lsm` should name it; else add it to the boot "
            "parameter lsm=)"
        )
    return say("this kernel refuses system-call filters ({why})", why=found.no_seccomp)


def _packs(desk: Desk) -> Iterator[Finding]:
    title = say("packs")
    try:
        audit = audit_packs(desk)
    except Problem as problem:
        yield from of_problem("packs", title, problem)
        return
    yield from (_trouble("packs", title, letter) for letter in audit.letters[:SHOWN_LETTERS])
    if len(audit.letters) > SHOWN_LETTERS:
        seen = say("{n} more such letters", n=len(audit.letters) - SHOWN_LETTERS)
        yield Finding("packs", title, "trouble", seen, say("`zhixing pack audit` lists them all"))
    if audit.ok:
        names = ", ".join(audit.packs)
        seen = say("{names}; {n} notes", names=names, n=len(audit.notes))
        yield Finding("packs", title, "fine", seen, say("`zhixing pack audit` lists the notes"))


def _mirror(desk: Desk) -> Finding:
    settings = desk.settings
    if settings.mirror is None:
        seen: Sayable = say("none")
        step = say("where a site is slow or blocked: `zhixing settings mirror https://…`")
        return Finding("mirror", say("mirror"), "fine", seen, step)
    seen = say("{mirror} ({origin})", mirror=settings.mirror, origin=settings.where_from("mirror"))
    return Finding("mirror", say("mirror"), "fine", seen)


def _machine() -> Finding:
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    memory = _memory()
    title = say("machine")
    seen = say("{n} processors, {memory} MiB of memory", n=processors, memory=memory // MIB)
    if 0 < memory < LEAST_MEMORY:
        step = say("labs that train may run out of memory here: close other programs")
        return Finding("machine", title, "note", seen, step)
    return Finding("machine", title, "fine", seen)


def _memory() -> int:
    """Bytes of memory of this machine; 0 where it does not say."""
    with suppress(ValueError, OSError, AttributeError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0


def _terminal(encoding: str) -> Finding:
    title = say("terminal")
    if encoding.lower().replace("-", "") == "utf8":
        return Finding("terminal", title, "fine", say("{encoding}", encoding=encoding))
    step = say("set PYTHONUTF8=1 (and a UTF-8 font) so that every character can be shown")
    return Finding("terminal", title, "note", say("{encoding}", encoding=encoding), step)


def _environment(environment: Mapping[str, str]) -> Iterator[Finding]:
    for letter in unknown_variables(environment):
        yield Finding("environment", say("environment"), "note", letter.what, letter.next_step)
