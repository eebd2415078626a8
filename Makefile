# One line each; continuous integration uses the same ones.
PYTHON = .venv/bin/python

.PHONY: setup test lint format types build bench screenshots pictures ci

setup:        ## a virtual environment with everything for development
	python3 -m venv .venv && .venv/bin/pip install -e '.[test]'

test:         ## all tests
	$(PYTHON) -m pytest

lint:         ## the linter, and whether the formatter has anything to say
	.venv/bin/ruff check . && .venv/bin/ruff format --check .

format:       ## let the formatter have its say
	.venv/bin/ruff check --fix . && .venv/bin/ruff format .

types:        ## strict types
	.venv/bin/mypy

build:        ## the site
	$(PYTHON) build.py

bench:        ## the converter's scores: make bench PAGES=folder of pages with answers
	$(PYTHON) bench/convert.py $(PAGES)

screenshots:  ## pictures of the key pages into docs/pictures
	$(PYTHON) bench/screenshots.py

pictures:     ## make the pictures anew that tests compare the key pages with; look at them
	BROADSHEET_RENEW_PICTURES=1 $(PYTHON) -m pytest tests/browser/test_pictures.py

ci:           ## what must hold before a change lands
	bash .ci/run
