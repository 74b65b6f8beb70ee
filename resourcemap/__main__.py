"""``python -m resourcemap`` is the command line."""

from resourcemap.cli import main

if __name__ == "__main__":
    main()
