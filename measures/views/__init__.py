"""The unit's desk and the forms behind it; the rules are in actions and checks.py."""
