"""Names the code that is running, so that a new release does not confirm pages and answers of the old one."""

import hashlib
from functools import cache
from pathlib import Path

PARTS = (
    "timeline/**/*.py",
    "templates/**/*.html",
    "static/css/*.css",
    "static/js/*.js",
    "campaign_dashboard/locale/**/*.mo",
)


@cache
def release(root: Path) -> str:
    """Ten characters that change with any file that has a say in what is shown."""
    digest = hashlib.blake2b(digest_size=5)
    for pattern in PARTS:
        for file in sorted(root.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()
