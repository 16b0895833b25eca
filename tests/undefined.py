import sys

from django.template.base import Node


class UndefinedVariable(str):
    """Fails when a template of ours prints a variable that does not exist.

    Django asks whether `string_if_invalid` is true whenever it meets such a variable; templates of
    other packages get the empty text Django gives by default. `{% if %}` does not ask.
    """

    def __new__(cls, root):
        self = super().__new__(cls)
        self.root = str(root)
        return self

    def __bool__(self):
        expression, origin = _culprit()
        ours = origin and origin.startswith(self.root) and "site-packages" not in origin
        if ours:
            raise AssertionError(f"Undefined variable {expression!s} in {origin}")
        return False


def _culprit():
    """Return the expression being resolved and the file of the node that holds it."""
    frame = sys._getframe(2)
    expression = frame.f_locals.get("self")
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return expression, node.origin.name
        frame = frame.f_back
    return expression, ""
