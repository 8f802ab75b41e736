"""Asks Python's own machinery for the curriculum: packages, resources, metadata, cached lines."""
# needs: rootless
import importlib
import importlib.metadata
import importlib.resources
import importlib.util
import linecache
import pkgutil
import sys

LAB = "labs/dl/dl-softmax-ce/"


def tried(what, call):
    try:
        if text := call():
            print("ATTACK-REACHED", what, str(text)[:40].replace("\n", " "))
    except Exception:
        pass


tried("resources", lambda: (importlib.resources.files("zhixing_curriculum") / LAB / "checks.py").read_text())
tried("get_data", lambda: pkgutil.get_data("zhixing_curriculum", LAB + "solution.py"))
tried("metadata", lambda: [f for f in importlib.metadata.files("zhixing") if "curriculum" in str(f)])
spec = importlib.util.find_spec("zhixing")
for root in dict.fromkeys([p for p in sys.path if p] + [p + "/.." for p in spec.submodule_search_locations]):
    tried("linecache", lambda: linecache.getlines(f"{root}/zhixing_curriculum/{LAB}checks.py"))
    tried("loader", lambda: spec.loader.get_data(f"{root}/zhixing_curriculum/{LAB}lab.toml"))
