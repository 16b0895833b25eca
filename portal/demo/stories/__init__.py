from portal.demo.stories import (
    priority1,
    priority2,
    priority3,
    priority4,
    priority4_network,
)

STORIES = (
    *priority1.STORIES,
    *priority2.STORIES,
    *priority3.STORIES,
    *priority4.STORIES,
    *priority4_network.STORIES,
)
"""One story a measure, in the order of the strategy."""
