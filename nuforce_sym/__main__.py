"""Run the command line as ``python -m nuforce_sym``."""

from nuforce_sym.cli import main

raise SystemExit(main())
