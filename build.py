#!/usr/bin/env python3
"""The one command: `python build.py` builds the site, `python build.py --help` lists the rest."""

from broadsheet.cli import main

if __name__ == "__main__":
    main()
