"""Visitors: the people who share a server, each with images and runs of their own.

A visitor is told apart by a cookie, a number with a signature: nobody needs to log in, and nobody
can be somebody else by guessing. What belongs to no visitor is this computer's own: what was made
where there are none, and on the command line.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from fmnist import settings
from fmnist.storage import replacing

COOKIE = "fmnist-visitor"
SECONDS = 365 * 24 * 3600  # for how long a browser keeps it after the last visit


def new_visitor() -> str:
    """Return the name of somebody who has not been here: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def sign(visitor: str) -> str:
    """Return the cookie of a visitor."""
    return f"{visitor}.{_signature(visitor)}"


def visitor_of(cookie: str) -> str | None:
    """Return the visitor whose cookie this is; None if we have not signed it."""
    visitor, _, signature = cookie.partition(".")
    ours = hmac.compare_digest(_signature(visitor).encode(), signature.encode())
    return visitor if ours else None


def known_visitors() -> list[str]:
    """List those who keep images here."""
    folders = settings.my_images_folder().glob("visitors/[!.]*/")
    return sorted(folder.name for folder in folders)


def _signature(visitor: str) -> str:
    return hmac.new(_key(settings.my_images_folder()), visitor.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=1)
def _key(folder: Path) -> bytes:
    """Return what we sign with; all servers of a folder have the same, and it outlives them."""
    path = folder / "visitors" / ".key"
    new = secrets.token_bytes(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(".lock")):
            if not path.exists():
                with replacing(path) as temporary:
                    temporary.touch(0o600)
                    temporary.write_bytes(new)
            return path.read_bytes()
    except OSError:  # nothing can be kept here, nor is there anything to keep apart for long
        return new
