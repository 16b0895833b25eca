"""Made-up history for training: a year and a half on the real strategy, ending yesterday.

`stories/` holds what happened to each measure as data; one module a noun writes it down with its
own past moments, because the actions read the clock. `build.STEPS` is the list of those modules:
what comes later adds its module there.
"""
