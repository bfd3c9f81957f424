"""`python -m policygen`."""

from policygen.cli import main

raise SystemExit(main())
