"""What `outbox` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of the mails that were due."""

    dropped: int
    """Nobody was entitled to them any more, or their link was dead."""
    failed: int
    """They failed and will be tried again."""
    lost: int
    """Their result came too late: another worker had taken them over."""
    parked: int
    """They failed for good, or too often; an operator decides."""
    sent: int
    """The mailer took them."""
