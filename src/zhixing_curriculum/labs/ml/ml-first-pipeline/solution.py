"""From a CSV file to probabilities that can be trusted, and the numbers that say how far.

In the metrics y holds the truth, 1 (or True) for the rows one is looking for and 0 for the others;
lists and arrays are both welcome. A ratio whose denominator is 0 is nan: not 0, and no error.
"""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

# --- metrics ----------------------------------------------------------------------------------


def precision(y, flagged):
    """Of the rows that were flagged, the share that truly are 1. y, flagged: (n,) -> float."""
    # <answer> which rows stand in the denominator?
    y, flagged = np.asarray(y, dtype=bool), np.asarray(flagged, dtype=bool)
    return float((y & flagged).sum() / flagged.sum()) if flagged.any() else float("nan")
    # </answer>


def recall(y, flagged):
    """Of the rows that truly are 1, the share that was flagged. y, flagged: (n,) -> float."""
    # <answer> and which ones here?
    y, flagged = np.asarray(y, dtype=bool), np.asarray(flagged, dtype=bool)
    return float((y & flagged).sum() / y.sum()) if y.any() else float("nan")
    # </answer>


def roc_curve(y, score):
    """(false alarm rates, hit rates, thresholds), three arrays of m + 1 floats; m distinct scores.

    Point 0 flags nothing (threshold inf); point i flags every row with score >= thresholds[i], and
    the thresholds fall. No rows of a class: its rate is nan at every point.
    """
    # <answer> sort by score, count as you go down, and keep a point only where the score changes
    y, score = np.asarray(y, dtype=bool), np.asarray(score, dtype=float)
    best_first = np.argsort(-score, kind="stable")
    y, score = y[best_first], score[best_first]
    last_of_its_score = np.append(score[1:] != score[:-1], [True] * (len(score) > 0))
    hits = np.concatenate([[0], np.cumsum(y)[last_of_its_score]])
    alarms = np.concatenate([[0], np.cumsum(~y)[last_of_its_score]])
    thresholds = np.concatenate([[np.inf], score[last_of_its_score]])
    with np.errstate(invalid="ignore"):
        return alarms / np.float64((~y).sum()), hits / np.float64(y.sum()), thresholds
    # </answer>


def roc_auc(y, score):
    """Chance that a random row of class 1 scores above a random row of class 0; a tie counts half.

    y, score: (n,) -> float; nan if a class has no rows.
    """
    # <answer> for each row of class 1: how many of class 0 score less, how many the same?
    y, score = np.asarray(y, dtype=bool), np.asarray(score, dtype=float)
    wanted, others = score[y], np.sort(score[~y])
    if len(wanted) == 0 or len(others) == 0:
        return float("nan")
    less = np.searchsorted(others, wanted, side="left")
    less_or_equal = np.searchsorted(others, wanted, side="right")
    return float((less + less_or_equal).mean() / 2 / len(others))
    # </answer>


def evaluate(y, probability, threshold=0.5):
    """{"precision": …, "recall": …, "roc_auc": …}; a row is flagged if probability >= threshold."""
    # <answer> which of the three need the flags, and which one needs the probabilities?
    flagged = np.asarray(probability, dtype=float) >= threshold
    return {
        "precision": precision(y, flagged),
        "recall": recall(y, flagged),
        "roc_auc": roc_auc(y, probability),
    }
    # </answer>


# --- pipeline ---------------------------------------------------------------------------------

NUMBERS = ["age", "minutes", "opened", "idle_days"]
WORDS = ["plan", "device"]


def build_pipeline():
    """A new, unfitted Pipeline: raw table in, predict_proba out.

    The table is a DataFrame with (at least) the columns NUMBERS and WORDS, in any order; values
    may be missing, and words may turn up later that were not there in training.
    """
    # <answer> one branch for numbers, one for words, then the classifier
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    words = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="unknown"),
        OneHotEncoder(handle_unknown="ignore"),
    )
    columns = ColumnTransformer([("numbers", numbers, NUMBERS), ("words", words, WORDS)])
    return Pipeline([("columns", columns), ("classifier", LogisticRegression(max_iter=1000))])
    # </answer>


def read(path):
    """The CSV file as a DataFrame; an empty cell and a cell with ? are both a missing value."""
    # <answer> pandas knows the empty cell; tell it about the question mark
    return pd.read_csv(path, na_values=["?"])
    # </answer>


def train(path):
    """A pipeline fitted on the CSV file at `path`, whose column `left` is the label."""
    # <answer> the label must not be among the features
    table = read(path)
    return build_pipeline().fit(table.drop(columns="left"), table["left"])
    # </answer>


def probabilities(model, path):
    """P(left = 1) for every row of a CSV file without labels: (n,) floats, in the file's order.

    A row's probability depends on that row and on the training, never on the rows beside it.
    """
    # <answer> which column of predict_proba belongs to class 1?
    return model.predict_proba(read(path))[:, 1]
    # </answer>
