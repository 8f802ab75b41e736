"""How long do plans take, and how good are they, on the real catalogue?

python bench/planning.py
"""

import planning_fill
from real_routes import real_routes
from reporting import report


def main() -> None:
    routes = real_routes()
    notes = planning_fill.note(routes), planning_fill.mix_note(routes)
    report("planning", planning_fill.figures(routes), *notes)


if __name__ == "__main__":
    main()
