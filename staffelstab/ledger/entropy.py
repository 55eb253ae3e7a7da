"""Where ids, salts and secrets come from: the operating system, or in a rehearsal a seed.

Seeded bytes depend on the seed and the label alone, not on how often or in which order they are asked for: a rehearsal
that was killed and repeated arrives at the same ids.
"""

from __future__ import annotations

import base64
import builtins
import hashlib
import hmac
import os
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entropy:
    """A source of random bytes; `seed` is None where they must not be guessable."""

    seed: builtins.bytes | None = field(default=None, repr=False)

    @classmethod
    def live(cls) -> Entropy:
        """Bytes of the operating system, new with every call."""
        return cls()

    @classmethod
    def seeded(cls, seed: str) -> Entropy:
        """Bytes that anybody who knows `seed` can compute: for rehearsals and tests only."""
        return cls(hashlib.sha256(seed.encode()).digest())

    def bytes(self, n: int, label: str) -> builtins.bytes:
        """`n` bytes; seeded: HMAC-SHA256(seed, label), counted on for more than 32."""
        if self.seed is None:
            return os.urandom(n)
        blocks = (hmac.digest(self.seed, f"{i}:{label}".encode(), "sha256") for i in range(-(-n // 32)))
        return b"".join(blocks)[:n]

    def token(self, label: str) -> str:
        """Sixteen letters and digits (80 bits), fit for an id or a file name."""
        return base64.b32encode(self.bytes(10, label)).decode().lower()


LIVE = Entropy.live()
