"""``python -m vardynas`` is the command ``vardynas``."""

from vardynas.cli import main

if __name__ == "__main__":
    main()
