"""Numbers for the essay: what the principal components of the iris table are made of."""

import numpy as np
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA

iris = load_iris()
names = [name.removesuffix(" (cm)") for name in iris.feature_names]


def report(title, X):
    pca = PCA().fit(X)
    print(title)
    print("  total variance", pca.explained_variance_.sum().round(3))
    for k, (weights, share) in enumerate(zip(pca.components_, pca.explained_variance_ratio_)):
        loadings = ", ".join(f"{name} {w:+.3f}" for name, w in zip(names, weights))
        print(f"  PC{k + 1}: share {share:.4f}; {loadings}")
    print("  running sum of shares", pca.explained_variance_ratio_.cumsum().round(4))
    return pca


X = iris.data
print(*X.shape, "(flowers, features); mean", X.mean(axis=0).round(3), " standard deviation", X.std(axis=0, ddof=1).round(3))
scores = report("centred, in cm:", X).transform(X)
for number, species in enumerate(iris.target_names):
    rows = scores[iris.target == number, :2]
    print(f"  {species}: PC1 {rows[:, 0].mean():+.3f}, PC2 {rows[:, 1].mean():+.3f} on average")
lengths = np.corrcoef(scores[:, 0], X[:, 2])[0, 1]
print("  correlation of PC1 with petal length", lengths.round(4))
report("standardised:", (X - X.mean(axis=0)) / X.std(axis=0, ddof=1))
