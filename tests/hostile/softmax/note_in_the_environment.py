"""Leaves notes in what a process inherits: environment, modules, generators, its name; and looks."""
# twice
import ctypes
import os
import random
import sys

import numpy

MARK = "zhixing_hostile_note"
held = [os.environ.get(MARK), getattr(numpy, MARK, None), getattr(sys, MARK, None), sys.modules.get(MARK)]
held += [getattr(random, MARK, None), MARK in sys.path, MARK in sys.argv]
if any(held):
    print("ATTACK-REACHED a note", held)
os.environ[MARK] = "1"
for place in (numpy, sys, random):
    setattr(place, MARK, True)
sys.modules[MARK] = sys
sys.path.append(MARK)
os.umask(0)
ctypes.CDLL(None).prctl(15, MARK.encode(), 0, 0, 0)


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
