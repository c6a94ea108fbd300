"""How the studio is cited, as BibTeX; `CITATION.cff` says the same."""

from __future__ import annotations

from typing import Final

from backend import VERSION

TITLE: Final = "CENIQA Studio: interactive analysis of cluster-enhanced no-reference image quality assessment"
BIBTEX: Final = f"""@software{{ceniqa_studio,
  author = {{{{CENIQA Studio contributors}}}},
  title = {{{{{TITLE}}}}},
  version = {{{VERSION}}},
  year = {{2026}}
}}"""
