"""Privacy policies as data: YAML facts in, multilingual pages out."""

from __future__ import annotations

__version__ = "0.1.0"
