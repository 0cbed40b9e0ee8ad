"""``python -m analyzer`` is the ``stridecheck`` command."""

from analyzer.cli import main

main()
