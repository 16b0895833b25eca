from indicators.models.indicator import Accumulation, Counted, Direction, Indicator, Target
from indicators.models.observation import Observation, Qualifier

__all__ = [
    "Accumulation",
    "Counted",
    "Direction",
    "Indicator",
    "Observation",
    "Qualifier",
    "Target",
]
