"""``python -m vardynas.cli``: the program without its entry point."""

from vardynas.cli import main

main()
