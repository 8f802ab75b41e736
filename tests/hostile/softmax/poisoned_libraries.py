"""Puts false modules in the place of numpy, random and the driver."""
import sys
import types

false = types.ModuleType("numpy")
false.ndarray = false.generic = object
false.asarray = lambda *a, **k: None
for name in list(sys.modules):
    if name.split(".")[0] in ("numpy", "random", "zhixing"):
        sys.modules[name] = false
