"""How often hypothesis tries a property of values."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

TIMES = int(os.environ.get("TIMES", "1"))
"""So many times the examples, and then drawn anew in every run."""


def sampled(count: int) -> Any:
    """The same examples in every run of CI: a failure is found by everybody or by nobody."""
    return settings(
        max_examples=count * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
