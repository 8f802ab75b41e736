"""Pictures with matplotlib: warmed up in the fork server, drawn in the process of an answer.

Pictures are drawn on paper in the colours of the house, so that they stand well on a page; a cell
that sets its own colours gets them.
"""

import contextlib
import io
import sys
import threading
import warnings
from typing import Any

PAPER, INK, SEAL, MOSS, STONE = "#fbf8f1", "#2b2622", "#b8432f", "#3f6f52", "#8a8378"
CYCLE = [SEAL, MOSS, INK, STONE, "#c9913d", "#4f6d8f"]
DPI = 110
BYTES = 2 * 1024 * 1024
SIDE = 3900
CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei", "Noto Sans SC",
)  # fmt: skip
"""Fonts for labels in Chinese, where the system has one."""
STYLE: dict[str, Any] = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": STONE,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "grid.color": "#e4ddcf",
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "text.color": INK,
    "xtick.color": STONE,
    "xtick.labelcolor": INK,
    "ytick.color": STONE,
    "ytick.labelcolor": INK,
}


def warm_up() -> None:
    """Everything that a first picture would pay for: fonts, formulas, the PNG writer."""
    import matplotlib.pyplot as plt
    from cycler import cycler
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    chinese = [name for name in CHINESE if name in known]
    settings: Any = plt.rcParams
    settings.update(STYLE)
    settings["axes.prop_cycle"] = cycler(color=CYCLE)
    settings["font.sans-serif"] = ["DejaVu Sans", *chinese[:1]]
    plt.figure()
    plt.plot([1, 10], [1, 2], label="$x^2$")
    plt.title("a" + "字" * bool(chinese))
    plt.legend()
    picture(0)
    plt.close("all")
    fonts: Any = font_manager
    fonts._get_font.cache_clear()  # a font holds its file open; an answer inherits no file
    warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")
    for thread in threading.enumerate():  # the search for fonts has a timer of its own
        if thread is not threading.main_thread():
            thread.join(timeout=2)


def settle_in(folder: str) -> None:
    """After the fork: what matplotlib keeps from now on goes into the private folder."""
    matplotlib: Any = sys.modules.get("matplotlib")
    if matplotlib is not None:
        matplotlib.get_cachedir = matplotlib.get_configdir = lambda: folder


def picture(number: int) -> bytes | None:
    """The PNG of the open figure at place `number`, small enough; None after the last."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    figures: dict[int, Any] = helpers.Gcf.figs if helpers else {}
    if number >= len(figures):
        return None
    figure = figures[sorted(figures)[number]].canvas.figure
    dpi = min(DPI, SIDE / max(figure.get_size_inches()))
    raw = _png(figure, dpi)
    return raw if len(raw) <= BYTES else _png(figure, dpi / 2)


def _png(figure: Any, dpi: float) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi, bbox_inches="tight")
    return file.getvalue()


def flush() -> None:
    """Let go of what was printed without an end of line."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # an answer may have put anything there
            stream.flush()


def short_warning(message: object, category: type, filename: str, lineno: int, *_: object) -> str:
    """A warning in one line, without the folders of this machine."""
    where = f"{filename}:{lineno}: " if filename in ("cell.py", "answer.py") else ""
    return f"{where}{category.__name__}: {message}\n"
