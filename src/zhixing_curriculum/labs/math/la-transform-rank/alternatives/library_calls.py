"""With the decompositions of numpy.linalg, einsum, and rank by singular values."""

import numpy as np


def signed_area(u, v):
    return float(u[0] * v[1] - u[1] * v[0])


def linear_combination(coefficients, vectors):
    return np.einsum("k,kd->d", np.array(coefficients, float), np.array(vectors, float))


def are_parallel(u, v):
    u, v = np.array(u, float), np.array(v, float)
    if not u.any() or not v.any():
        return True
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    return bool(min(np.linalg.norm(u - v), np.linalg.norm(u + v)) <= 1e-9)


def coefficients_in_basis(v, u1, u2):
    if are_parallel(u1, u2):
        raise ValueError("no basis")
    return np.linalg.solve(np.column_stack([u1, u2]).astype(float), np.array(v, float))


def reachable(v, u1, u2):
    basis = np.column_stack([u1, u2]).astype(float)
    return bool(
        np.linalg.matrix_rank(np.column_stack([basis, v]), tol=1e-8)
        == np.linalg.matrix_rank(basis, tol=1e-8)
    )


def matrix_from_images(e1_image, e2_image):
    return np.array([e1_image, e2_image], dtype=np.float64).T


def transform_grid(A, grid):
    return np.einsum("ij,...j->...i", np.array(A, float), np.array(grid, float))


def compose(first, second):
    return np.linalg.multi_dot([np.array(second), np.array(first)])


def area_scale(A):
    return np.abs(np.linalg.det(np.array(A, float)))


def rref(A, tol=1e-10):
    """From the ranks of the leading columns; every other column by least squares on the pivots."""
    A = np.array(A, float)
    size = np.abs(A).max(initial=0) or 1.0
    m, n = A.shape
    pivots, R = [], np.zeros((m, n))
    for j in range(n):
        if len(pivots) == m:
            R[: len(pivots), j] = np.linalg.solve(A[:, pivots], A[:, j])
            continue
        weights, *_ = np.linalg.lstsq(A[:, pivots], A[:, j], rcond=None)
        if np.linalg.norm(A[:, j] - A[:, pivots] @ weights) > tol * size:
            R[len(pivots), j] = 1
            pivots.append(j)
        else:
            R[: len(pivots), j] = weights
    return R, tuple(pivots)


def rank(A):
    A = np.array(A, float)
    if A.size == 0:
        return 0
    s = np.linalg.svd(A, compute_uv=False)
    return int((s > 1e-10 * s[0]).sum())


def are_independent(vectors):
    V = np.array(vectors, float)
    gram = V @ V.T
    return bool(np.linalg.matrix_rank(gram) == len(V))


def column_basis(A):
    """The rightmost independent columns: another basis, just as good."""
    A = np.array(A, float)
    chosen = []
    for j in reversed(range(A.shape[1])):
        if rank(A[:, [*chosen, j]]) > len(chosen):
            chosen.append(j)
    return A[:, chosen]


def how_many_solutions(A, b):
    of_A, of_both = rank(A), rank(np.column_stack([A, b]))
    if of_both > of_A:
        return "none"
    return {np.shape(A)[1]: "one"}.get(of_A, "many")


def matmul(A, B):
    return np.array(A, float) @ np.array(B, float)


def product_column(A, B, j):
    return matmul(A, B)[:, j]


def rank_one_terms(A, B):
    return np.einsum("mk,kn->kmn", np.array(A, float), np.array(B, float))


def transposed_product(At, Bt):
    return np.array(Bt) @ np.array(At)


def linear_layer(X, W, b):
    return np.einsum("ni,oi->no", X, W) + np.array(b)


def from_coordinates(c, B):
    return np.dot(B, c)


def inverse(A):
    A = np.array(A, float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or np.linalg.cond(A) > 1e10:
        raise ValueError("no inverse")
    return np.linalg.inv(A)


def to_coordinates(v, B):
    return np.linalg.solve(np.array(B, float), np.array(v, float))


def map_in_basis(A, B):
    return np.linalg.solve(np.array(B, float), np.array(A, float) @ np.array(B, float))
