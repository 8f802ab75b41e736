"""One transformer of one's own that learns medians, spreads and known words; AUC as an area."""

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline

NUMBERS = ("idle_days", "opened", "minutes", "age")
WORDS = ("device", "plan")


def ratio(a, b):
    return np.float64(a) / b if b > 0 else np.nan


def precision(y, flagged):
    y, flagged = np.array(y, float), np.array(flagged, float)
    return ratio(y @ flagged, flagged.sum())


def recall(y, flagged):
    return precision(flagged, y)


def roc_curve(y, score):
    table = pd.DataFrame({"one": np.array(y, int), "score": np.array(score, float)})
    counts = table.assign(zero=1 - table["one"]).groupby("score")[["one", "zero"]].sum()[::-1]
    climbed = np.vstack([np.zeros((1, 2)), counts.cumsum().to_numpy()])
    totals = climbed[-1]
    rates = [climbed[:, j] / totals[j] if totals[j] else np.full(len(climbed), np.nan) for j in (1, 0)]
    return rates[0], rates[1], np.append(np.inf, counts.index)


def roc_auc(y, score):
    fpr, tpr, _ = roc_curve(y, score)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)) if len(fpr) > 1 else np.nan


def evaluate(y, probability, threshold=0.5):
    flagged = np.where(np.array(probability) < threshold, 0, 1)
    return {"precision": precision(y, flagged), "recall": recall(y, flagged), "roc_auc": roc_auc(y, probability)}


class Columns(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.middle_ = {name: np.nanmedian(self.number(X, name)) for name in NUMBERS}
        self.spread_ = {name: np.nanstd(self.number(X, name)) or 1.0 for name in NUMBERS}
        self.known_ = {name: sorted(X[name].dropna().unique()) for name in WORDS}
        return self

    @staticmethod
    def number(X, name):
        return np.asarray(X[name], dtype=float)

    def transform(self, X):
        columns = []
        for name in NUMBERS:
            values = self.number(X, name)
            columns.append(np.where(np.isnan(values), 0, (values - self.middle_[name]) / self.spread_[name]))
        for name in WORDS:
            columns += [(X[name] == word).to_numpy(dtype=float) for word in self.known_[name]]
        return np.column_stack(columns)


def build_pipeline():
    classifier = SGDClassifier(loss="log_loss", alpha=1e-3, max_iter=200, random_state=0)
    return Pipeline([("columns", Columns()), ("model", classifier)])


def read(path):
    table = pd.read_csv(path, dtype=str, keep_default_na=False).replace(["", "?"], None)
    numeric = [name for name in table.columns if name not in WORDS]
    return table.astype({name: float for name in numeric})


def train(path):
    table = read(path)
    y = table["left"].to_numpy().astype(int)
    return build_pipeline().fit(table, y)


def probabilities(model, path):
    return model.predict_proba(read(path))[:, -1]
