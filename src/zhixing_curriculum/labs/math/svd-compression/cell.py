import numpy as np
from sklearn.datasets import load_digits


def row(name, A, k, peak):
    s = np.linalg.svd(A, compute_uv=False)
    lost, (m, n) = np.sqrt((s[k:] ** 2).sum()), A.shape
    psnr = 10 * np.log10(peak**2 * A.size / lost**2)
    print(f"{name:8} k={k:3}  storage {k * (m + n + 1) / A.size:.3f}  PSNR {psnr:6.2f} dB  error {lost / np.linalg.norm(A):.3f}")


rng = np.random.default_rng(0)
y, x = np.mgrid[0:96, 0:128] / 128
picture = 60 + 90 * x + 70 * ((x - 0.6) ** 2 + (y - 0.35) ** 2 < 0.04) + 12 * np.sin(70 * (x + y)) + rng.normal(scale=4, size=x.shape)
digits = load_digits().data
noise = rng.normal(size=(256, 256))
for k in (2, 5, 20):
    row("picture", picture, k, 255)
for k in (5, 10, 20):
    row("digits", digits, k, 16)
for k in (20, 128):
    row("noise", noise, k, abs(noise).max())

variances = np.linalg.svd(digits - digits.mean(axis=0), compute_uv=False) ** 2
for k in (2, 10, 20):
    print(f"digits in {k:2} coordinates keep {variances[:k].sum() / variances.sum():.3f} of the variance")
for k in (4, 16):
    print(f"a change of a 4096 x 4096 layer at rank {k:2}: {2 * 4096 * k} numbers, {2 * 4096 * k / 4096**2:.4f} of all")
