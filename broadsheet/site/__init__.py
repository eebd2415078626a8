"""The build: content files -> pieces -> records -> pages. PAGES in pages.py is every page kind."""
