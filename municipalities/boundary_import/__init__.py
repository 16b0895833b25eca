"""Import of municipal boundaries: reading and checking a file, its geometry, saving.

Only `geometry` needs shapely and pyproj, so only the command imports it; see docs/boundaries.md.
"""
