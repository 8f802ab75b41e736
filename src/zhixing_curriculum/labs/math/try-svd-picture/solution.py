import numpy as np


# ---- given: nothing to change here -----------------------------------------------------------


def landscape():
    """A grey picture as a table of (120, 160) numbers, from 0 (black) to 1 (white)."""
    y, x = np.mgrid[0:120, 0:160].astype(float)
    picture = 0.95 - 0.0015 * y  # the sky
    picture[(x - 118) ** 2 + (y - 26) ** 2 < 11**2] = 0.62  # the sun
    for top, height, dark, pace in ((52, 17, 0.62, 19), (66, 15, 0.42, 13), (84, 9, 0.2, 7.5)):
        waves = 0.6 * np.sin(x / pace + top) + 0.25 * np.sin(x / pace * 2.3) + 0.05 * np.sin(x / 2.1)
        ridge = top + height * waves
        mist = dark + (0.9 - dark) * np.clip((y - ridge) / 42, 0, 1)
        picture = np.where(y > ridge, mist, picture)
    picture = np.where(y > 96, 0.78 + 0.05 * np.sin(y * 1.9 + 2 * np.sin(x / 9)), picture)
    picture[(y > 88) & (y <= 104) & (abs(x - 52) < (y - 88) * 0.4)] = 0.3  # a sail
    picture[(y > 104) & (y < 108) & (abs(x - 52) < 13 - (y - 104) * 1.5)] = 0.1  # its boat
    picture[8:24, 8:24] = 0.25  # a seal
    picture[11:21, 15:17] = picture[14:21, 11:13] = picture[14:21, 19:21] = picture[19:21, 11:21] = 0.95
    return picture


def layer(U, s, Vt, i):
    """Layer number i (0 is the strongest): a whole picture, made of one column and one row."""
    return s[i] * np.outer(U[:, i], Vt[i])


# ---- yours -----------------------------------------------------------------------------------


def compress(U, s, Vt, k):
    """The picture rebuilt from its k strongest layers: layer 0, layer 1, …, layer k - 1 added up."""
    # <answer> add up the first k layers: one to three lines
    return sum(layer(U, s, Vt, i) for i in range(k))
    # </answer>


def error_of(s, k):
    """How far the copy made of k layers is from the picture: one number, 0 when nothing is missing.

    s: the strengths of all layers, largest first. The distance is the one you could measure: the
    difference at every pixel, squared, added up over all pixels, and the square root of that.
    """
    # <answer> only the strengths that were left out are needed
    return float(np.sqrt((s[k:] ** 2).sum()))
    # </answer>


def kept_share(s, k):
    """The share of the picture, from 0 to 1, that the k strongest layers hold. It counts squares."""
    # <answer> squares kept over all squares
    return float((s[:k] ** 2).sum() / (s**2).sum())
    # </answer>


def rank_for(s, share):
    """The smallest number of layers that holds at least `share` (above 0, at most 1)."""
    # <answer> try 1, 2, 3, … until it is enough
    k = 1
    while kept_share(s, k) < share:
        k += 1
    return k
    # </answer>


# ---- given: `python answer.py` shows the copy as text, light for white and dense for black ------

if __name__ == "__main__":
    copy = compress(*np.linalg.svd(landscape(), full_matrices=False), 20)
    for row in copy[::4]:
        print("".join("@%#*+=-:. "[int(min(max(grey, 0), 0.99) * 10)] for grey in row[::2]))
