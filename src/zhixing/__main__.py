"""`python -m zhixing` is `zhixing`."""

import sys

from zhixing.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
