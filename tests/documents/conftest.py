"""What the tests of files share."""

import re


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has, as the root of its tree of pages says."""
    found = re.search(rb"/Type\s*/Pages\b(?:(?!endobj).)*?/Count\s+(\d+)", pdf, re.DOTALL)
    assert found, "this is no PDF, or its pages are packed away"
    return int(found[1])
