"""Everything by hand in Python loops; numpy only to hand the result over."""

import math

import numpy as np


def signed_area(u, v):
    return float(u[0] * v[1] - u[1] * v[0])


def linear_combination(coefficients, vectors):
    total = [0.0] * len(vectors[0])
    for c, vector in zip(coefficients, vectors):
        for j, entry in enumerate(vector):
            total[j] += float(c) * float(entry)
    return np.array(total)


def are_parallel(u, v):
    # project v on u: what is left over is the distance from the line
    uu = u[0] * u[0] + u[1] * u[1]
    if uu == 0:
        return True
    t = (u[0] * v[0] + u[1] * v[1]) / uu
    left_over = math.hypot(v[0] - t * u[0], v[1] - t * u[1])
    return left_over <= 1e-9 * math.hypot(v[0], v[1])


def coefficients_in_basis(v, u1, u2):
    # elimination on two equations, the larger first coefficient on top
    rows = [[float(u1[i]), float(u2[i]), float(v[i])] for i in range(2)]
    if are_parallel(u1, u2) or are_parallel(u2, u1):
        raise ValueError("parallel")
    if abs(rows[0][0]) < abs(rows[1][0]):
        rows.reverse()
    (p, q, s), (r, t, w) = rows
    b = (w - r / p * s) / (t - r / p * q)
    return np.array([(s - q * b) / p, b])


def reachable(v, u1, u2):
    try:
        coefficients_in_basis(v, u1, u2)
        return True
    except ValueError:
        pass
    for u in (u1, u2):
        if any(u):
            return are_parallel(u, v)
    return not any(v)


def matrix_from_images(e1_image, e2_image):
    return np.array([[float(e1_image[i]), float(e2_image[i])] for i in range(2)])


def _moved(A, part):
    if np.ndim(part) == 1:
        x, y = part
        return [A[0][0] * x + A[0][1] * y, A[1][0] * x + A[1][1] * y]
    return [_moved(A, smaller) for smaller in part]


def transform_grid(A, grid):
    return np.array(_moved(A, grid), dtype=float).reshape(np.shape(grid))


def compose(first, second):
    columns = [_moved(second, [row[j] for row in first]) for j in range(2)]
    return np.array([[column[i] for column in columns] for i in range(2)], dtype=float)


def area_scale(A):
    return abs(signed_area([A[0][0], A[1][0]], [A[0][1], A[1][1]]))


def rref(A, tol=1e-10):
    m, n = np.shape(A)
    rows = [[float(x) for x in row] for row in A]
    zero = tol * max((abs(x) for row in rows for x in row), default=0)
    # down: echelon form with the largest pivot; then up: clear above, from the last pivot
    pivots = []
    for column in range(n):
        top = len(pivots)
        below = sorted(range(top, m), key=lambda i: -abs(rows[i][column]))
        if not below or abs(rows[below[0]][column]) <= zero:
            for i in below:
                rows[i][column] = 0.0
            continue
        rows[top], rows[below[0]] = rows[below[0]], rows[top]
        for i in range(top + 1, m):
            ratio = rows[i][column] / rows[top][column]
            rows[i] = [x - ratio * y for x, y in zip(rows[i], rows[top])]
            rows[i][column] = 0.0
        pivots.append(column)
    for top, column in reversed(list(enumerate(pivots))):
        rows[top] = [x / rows[top][column] for x in rows[top]]
        for i in range(top):
            ratio = rows[i][column]
            rows[i] = [x - ratio * y for x, y in zip(rows[i], rows[top])]
    return np.array(rows).reshape(m, n), pivots


def rank(A):
    return sum(1 for row in rref(A)[0] if any(row))


def are_independent(vectors):
    k, d = np.shape(vectors)
    return k <= d and rank(np.transpose(vectors)) == k


def column_basis(A):
    return np.array([[row[j] for j in rref(A)[1]] for row in A], dtype=float)


def how_many_solutions(A, b):
    R, pivots = rref([[*row, x] for row, x in zip(A, b)])
    n = R.shape[1] - 1
    if any(not any(row[:n]) and row[n] for row in R):
        return "none"
    return "many" if len(pivots) < n else "one"


def matmul(A, B):
    (m, k), (inner, n) = np.shape(A), np.shape(B)
    if k != inner:
        raise ValueError("shapes")
    entries = [sum(A[i][p] * B[p][j] for p in range(k)) for i in range(m) for j in range(n)]
    return np.array(entries, dtype=float).reshape(m, n)


def product_column(A, B, j):
    return np.array([sum(row[p] * B[p][j] for p in range(len(row))) for row in A], dtype=float)


def rank_one_terms(A, B):
    return np.array([[[row[p] * b for b in B[p]] for row in A] for p in range(len(B))])


def transposed_product(At, Bt):
    return matmul(np.transpose(At), np.transpose(Bt)).T


def linear_layer(X, W, b):
    rows = [[sum(w * x for w, x in zip(line, row)) + c for line, c in zip(W, b)] for row in X]
    return np.array(rows, dtype=float).reshape(len(X), len(b))


def from_coordinates(c, B):
    return np.array([sum(c[j] * row[j] for j in range(len(c))) for row in B], dtype=float)


def inverse(A):
    m, n = np.shape(A)
    if m != n:
        raise ValueError("not square")
    wide = [[*map(float, row), *(float(i == j) for j in range(n))] for i, row in enumerate(A)]
    R, pivots = rref(wide)
    if pivots != list(range(n)):
        raise ValueError("singular")
    return R[:, n:]


def to_coordinates(v, B):
    return rref([[*row, x] for row, x in zip(B, v)])[0][:, -1]


def map_in_basis(A, B):
    d = len(B)
    columns = [to_coordinates(from_coordinates([row[j] for row in B], A), B) for j in range(d)]
    return np.array(columns).T
