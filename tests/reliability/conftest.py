"""What the long runs in tests/soak/ do at length, the tests here do briefly."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "soak"))
