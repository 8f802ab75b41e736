"""Linear algebra one can see: combinations, maps, rank, products and bases.

Arguments may be numpy arrays or lists, of ints or floats; what is returned is numpy, in floats.
No function changes its arguments.
"""

import numpy as np

# ---- combine: which points can a few arrows reach? ----


def signed_area(u, v):
    """Area of the parallelogram with sides u, v, each (2,). Given: use it wherever it helps.

    Positive if v lies to the left of u, negative if to the right, 0 if they lie on one line.
    """
    return float(u[0] * v[1] - u[1] * v[0])


def linear_combination(coefficients, vectors):
    """c1*v1 + ... + ck*vk. coefficients: (k,), vectors: (k, d), one vector a row -> (d,)."""
    # <answer> scale every vector by its own coefficient, then add
    return np.asarray(coefficients, dtype=float) @ np.asarray(vectors, dtype=float)
    # </answer>


def are_parallel(u, v):
    """True if u and v, each (2,), lie on one line through 0; the zero vector is parallel to all.

    The sine of their angle counts as 0 up to 1e-9, however long or short they are.
    """
    # <answer> compare the area with the lengths
    return bool(abs(signed_area(u, v)) <= 1e-9 * np.hypot(*u) * np.hypot(*v))
    # </answer>


def coefficients_in_basis(v, u1, u2):
    """The (a, b) with a*u1 + b*u2 = v; all three (2,) -> (2,).

    ValueError if u1 and u2 are parallel: then they are no basis of the plane.
    """
    # <answer> two unknowns, two equations
    if are_parallel(u1, u2):
        raise ValueError(f"{u1} and {u2} are parallel: they span no plane")
    whole = signed_area(u1, u2)
    return np.array([signed_area(v, u2) / whole, signed_area(u1, v) / whole])
    # </answer>


def reachable(v, u1, u2):
    """True if some a*u1 + b*u2 equals v: is v in the span of u1 and u2? All three (2,)."""
    # <answer> the span is the plane, a line, or one point
    if not are_parallel(u1, u2):
        return True
    longer = max(u1, u2, key=lambda u: np.hypot(*u))
    if np.hypot(*longer) == 0:
        return bool(np.hypot(*v) == 0)
    return are_parallel(v, longer)
    # </answer>


# ---- transform: a matrix moves the whole plane ----


def matrix_from_images(e1_image, e2_image):
    """The (2, 2) matrix that sends (1, 0) to e1_image and (0, 1) to e2_image, each (2,)."""
    # <answer> where do the two images stand in the matrix?
    return np.column_stack([e1_image, e2_image]).astype(float)
    # </answer>


def transform_grid(A, grid):
    """Every point of a grid, moved by A. A: (2, 2), grid: (..., 2), the last axis is (x, y).

    Same shape as grid: (2,) is one point, (n, 2) a list of points, (rows, columns, 2) a grid.
    """
    # <answer> each point p becomes A p
    return np.asarray(grid, dtype=float) @ np.asarray(A, dtype=float).T
    # </answer>


def compose(first, second):
    """The one matrix that does `first`, and then `second`; all (2, 2)."""
    # <answer> which of the two touches the point first?
    return np.asarray(second, dtype=float) @ np.asarray(first, dtype=float)
    # </answer>


def area_scale(A):
    """By what factor A, (2, 2), scales areas: a float, never negative."""
    # <answer> what becomes of the unit square?
    A = np.asarray(A, dtype=float)
    return abs(float(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]))
    # </answer>


# ---- rank: how many directions are really there? ----


def rref(A, tol=1e-10):
    """Reduced row echelon form of A: (m, n), and its pivot columns -> ((m, n), list of ints).

    An entry counts as zero if it is at most tol times the largest |entry| of A. Among the rows
    still free, the one with the largest |entry| in a column gives the pivot (partial pivoting).
    """
    # <answer> column by column: choose a pivot, make it 1, clear the rest of its column
    R = np.array(A, dtype=float)
    zero = tol * np.abs(R).max(initial=0)
    pivots = []
    for column in range(R.shape[1]):
        row = len(pivots)
        if row == len(R):
            break
        best = row + np.argmax(np.abs(R[row:, column]))
        if abs(R[best, column]) <= zero:
            R[row:, column] = 0
            continue
        R[[row, best]] = R[[best, row]]
        R[row] /= R[row, column]
        for other in range(len(R)):
            if other != row:
                R[other] -= R[other, column] * R[row]
        pivots.append(column)
    return R, pivots
    # </answer>


def rank(A):
    """How many independent columns A: (m, n) has, as an int; the zeros are those of rref."""
    # <answer> one pivot, one direction
    return len(rref(A)[1])
    # </answer>


def are_independent(vectors):
    """True if no row of vectors: (k, d) is a combination of the other rows."""
    # <answer> how many directions do k independent vectors have?
    return rank(vectors) == len(vectors)
    # </answer>


def column_basis(A):
    """Columns of A: (m, n) that are independent and span all its columns -> (m, rank)."""
    # <answer> which columns got a pivot?
    return np.array(A, dtype=float)[:, rref(A)[1]]
    # </answer>


def how_many_solutions(A, b):
    """"none", "one" or "many": the solutions x of A x = b. A: (m, n), b: (m,)."""
    # <answer> reduce A with b as one more column, and look at the pivots
    n = np.shape(A)[1]
    pivots = rref(np.column_stack([A, b]))[1]
    if n in pivots:
        return "none"
    return "one" if len(pivots) == n else "many"
    # </answer>


# ---- product: one multiplication, seen three ways ----


def matmul(A, B):
    """AB. A: (m, k), B: (k, n) -> (m, n). ValueError if the inner sizes differ."""
    # <answer> entry (i, j) is row i of A times column j of B
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.shape[1] != B.shape[0]:
        raise ValueError(f"{A.shape} times {B.shape}: the inner sizes differ")
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            C[i, j] = (A[i] * B[:, j]).sum()
    return C
    # </answer>


def product_column(A, B, j):
    """Column j of AB as a combination of the columns of A. A: (m, k), B: (k, n) -> (m,)."""
    # <answer> where do the weights stand in B?
    return np.asarray(A, dtype=float) @ np.asarray(B, dtype=float)[:, j]
    # </answer>


def rank_one_terms(A, B):
    """The k outer products that add up to AB. A: (m, k), B: (k, n) -> (k, m, n)."""
    # <answer> term p pairs column p of A with row p of B
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return A.T[:, :, None] * B[:, None, :]
    # </answer>


def transposed_product(At, Bt):
    """The transpose of AB, from At: (k, m), the transpose of A, and Bt: (n, k) -> (n, m)."""
    # <answer> which order do the shapes allow?
    return np.asarray(Bt, dtype=float) @ np.asarray(At, dtype=float)
    # </answer>


def linear_layer(X, W, b):
    """A batch through a layer: row i is W x_i + b. X: (n, d_in), W: (d_out, d_in), b: (d_out,)."""
    # <answer> one sample a row in, one sample a row out: (n, d_out)
    X, W, b = (np.asarray(array, dtype=float) for array in (X, W, b))
    return X @ W.T + b
    # </answer>


# ---- basis: the same arrow, other numbers ----


def from_coordinates(c, B):
    """The vector whose coordinates in the basis B are c. B: (d, d), a basis vector a column."""
    # <answer> coordinates say how much of each basis vector
    return np.asarray(B, dtype=float) @ np.asarray(c, dtype=float)
    # </answer>


def inverse(A):
    """The inverse of A: (n, n), by elimination. ValueError if A is not square or is singular.

    Singular: while eliminating, no pivot larger than 1e-10 times the largest |entry| is left.
    """
    # <answer> eliminate on [A | I]
    A = np.array(A, dtype=float)
    size = np.abs(A).max(initial=0)
    if A.shape[0] != A.shape[1] or size == 0:
        raise ValueError(f"no inverse: shape {A.shape}, largest entry {size}")
    R, pivots = rref(np.hstack([A / size, np.eye(len(A))]))
    if pivots != list(range(len(A))):
        raise ValueError("no inverse: the columns are dependent")
    return R[:, len(A) :] / size
    # </answer>


def to_coordinates(v, B):
    """The coordinates of v: (d,) in the basis B: (d, d), a basis vector a column -> (d,)."""
    # <answer> undo from_coordinates
    return inverse(B) @ np.asarray(v, dtype=float)
    # </answer>


def map_in_basis(A, B):
    """The matrix of the map A as seen by somebody who works in the basis B; all (d, d).

    It takes the coordinates of v to the coordinates of A v.
    """
    # <answer> three steps: out of the basis, through the map, back into the basis
    return inverse(B) @ np.asarray(A, dtype=float) @ np.asarray(B, dtype=float)
    # </answer>
