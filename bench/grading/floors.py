"""What physics charges: an interpreter, an import, a bare fork that says one byte and ends."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from measuring import Took, done, in_turns
from rivals import EVEN

from grading.tables import Row
from zhixing.grader import starting

FORKS = """
import gc, json, os, resource, sys, time
{imports}
gc.collect()
gc.freeze()

def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)

def bare():
    hear, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(say, b"x")
        os._exit(0)
    os.close(say)
    os.read(hear, 1)
    os.close(hear)
    os.waitpid(pid, 0)

for _ in range(20):
    bare()
taken = []
for _ in range({count}):
    wall, cpu = time.perf_counter(), spent()
    bare()
    taken.append((time.perf_counter() - wall, spent() - cpu))
print(json.dumps(taken))
"""
LIFE = """
import json, os, sys, time, types
from zhixing.grader import ground
ground.lay(16)
import gc, importlib
from zhixing.grader import nest, processes
package = sys.argv[4]
ground.lay(nest.GROUND_MIB.get(package, 0))
for module in nest.IMPORTS[package]:
    importlib.import_module(module)
if package in nest.WARM_UPS:
    importlib.import_module(nest.WARM_UPS[package]).warm_up()
import numpy

answer, checks = (open(name, encoding="utf-8").read() for name in sys.argv[1:3])
checks = compile(checks, "checks.py", "exec")

def life():
    made, judging = types.ModuleType("answer"), types.ModuleType("checks")
    exec(compile(answer, "answer.py", "exec"), made.__dict__)
    exec(checks, judging.__dict__)
    for name, check in list(vars(judging).items()):
        if name.startswith("check_"):
            check(made, numpy.random.default_rng(1))

def here():
    wall, cpu = time.perf_counter(), time.process_time()
    life()
    return time.perf_counter() - wall, time.process_time() - cpu

def forked(call):
    own, wall = time.process_time(), time.perf_counter()
    hear, say = os.pipe()
    pid = processes.plain_fork()
    if pid == 0:
        call()
        os.write(say, b"x")
        os._exit(0)
    os.close(say)
    os.read(hear, 1)
    os.close(hear)
    _, _, used = os.wait4(pid, 0)
    cpu = time.process_time() - own + used.ru_utime + used.ru_stime
    return time.perf_counter() - wall, cpu

for _ in range(12):
    life()
gc.collect()
gc.freeze()
ground.gather()
for _ in range(20):
    forked(life)
ways = {"here": here, "bare": lambda: forked(bool), "life": lambda: forked(life)}
taken = {name: [] for name in ways}
for _ in range(int(sys.argv[3])):
    for name, way in ways.items():
        taken[name].append(way())
print(json.dumps(taken))
"""
"""What a fork for each answer costs with nothing added: the same answer and the same six checks in
one forked process, no judge, no wire, no isolation, any forgery. Ours may lie below where checks
weigh much: it runs them warm, in the judge."""
WAYS = {
    "here": "{package}: six checks in a warm process, no fork",
    "bare": "{package}: bare fork from a server laid out as ours, one byte, exit",
    "life": "{package}: the same fork, the answer loaded and its six checks run in there, exit",
}
FOLDERS = {"numpy": "softmax", "torch": "net"}
TORCH = """
import torch
torch.set_num_threads(1)
net = torch.nn.Linear(2, 2)
step = torch.optim.SGD(net.parameters(), lr=0.1)
net(torch.ones(1, 2)).sum().backward()
step.step()
"""


def bare_forks(python: Path, imports: str, count: int) -> list[Took]:
    """A server with these imports forks `count` times: each child says one byte and ends."""
    said = done([python, "-I", "-c", FORKS.format(imports=imports, count=count)], environment=EVEN)
    return [Took(*pair) for pair in json.loads(said.said.strip().splitlines()[-1])]


def lives(package: str, count: int) -> dict[str, list[Took]]:
    """Each way of WAYS, `count` times in turns: what the bench's own assignment costs at least."""
    folder = Path(__file__).with_name(FOLDERS[package])
    words: list[object] = [folder / "solution.py", folder / "checks.py", count, package]
    place = EVEN | starting.environment()
    said = done([sys.executable, "-s", "-P", "-c", LIFE, *words], environment=place)
    found = json.loads(said.said.strip().splitlines()[-1])
    return {name: [Took(*pair) for pair in pairs] for name, pairs in found.items()}


def imports(python: Path, rounds: int, packages: tuple[str, ...]) -> Mapping[str, tuple[Took, ...]]:
    """A process that starts, imports and ends."""
    programs = {"python -I -c pass": "pass"} | {
        f"import {name}": f"import {name}" for name in packages
    }

    def process(program: str) -> Callable[[], Took]:
        return lambda: done([python, "-I", "-c", program], environment=EVEN).took

    return in_turns({name: process(program) for name, program in programs.items()}, rounds)


def rows(judged: Iterable[str], torch_python: Path | None, rounds: int, count: int) -> list[Row]:
    python = torch_python or Path(sys.executable)
    forks = {"numpy": bare_forks(python, "import numpy", count)}
    packages: tuple[str, ...] = ("numpy",)
    if torch_python:
        forks["torch"] = bare_forks(python, TORCH, count)
        packages += ("torch",)
    listed: list[Row] = []
    for package in judged:
        for way, took in lives(package, count // 2).items():
            what = WAYS[way].format(package=package)
            listed.append(Row(f"{what}, wall", "ms", tuple(1000 * t.wall for t in took)))
            listed.append(Row(f"{what}, CPU", "ms", tuple(1000 * t.cpu for t in took)))
    for name, each in forks.items():
        what = f"bare fork, one byte, exit, in a process with {name}"
        listed.append(Row(f"{what}, wall", "ms", tuple(1000 * t.wall for t in each)))
        listed.append(Row(f"{what}, CPU", "ms", tuple(1000 * t.cpu for t in each)))
    for name, runs in imports(python, rounds, packages).items():
        listed.append(Row(f"{name}, wall", "ms", tuple(1000 * t.wall for t in runs)))
        listed.append(Row(f"{name}, CPU", "ms", tuple(1000 * t.cpu for t in runs)))
    return listed
