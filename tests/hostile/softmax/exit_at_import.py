"""Leaves with status 0 while it is being loaded."""
import os

os._exit(0)
