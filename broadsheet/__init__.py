"""Broadsheet: raw text of archived newspaper pages in, a browsable static site out."""

__version__ = "0.1.0"
