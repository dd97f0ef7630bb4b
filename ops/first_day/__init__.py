"""What only a real account can show, tried in minutes: each trial does something, and says what it saw."""

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.run import TRIALS, try_all
from ops.first_day.trial import Saw, Trial

__all__ = ["TRIALS", "Bench", "BrokenError", "Saw", "Trial", "try_all"]
