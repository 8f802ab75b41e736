"""Freezes every generator so that 'random' inputs would repeat."""
import os
import random

import numpy as np

random.seed = np.random.seed = lambda *a, **k: None
os.urandom = lambda n: b"\0" * n
np.random.default_rng = lambda *a, **k: np.random.Generator(np.random.PCG64(0))
