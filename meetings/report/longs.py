"""Long texts: a page shows their beginning, the appendix „Celá znění“ has them whole."""

from dataclasses import dataclass, field

from django.utils.text import Truncator

from meetings.report import words


@dataclass
class Longs:
    """Collects the texts that were cut, in the order they were met; one text once."""

    kept: dict = field(default_factory=dict)

    def cut(self, text, most, where):
        """Return a text, or its first `most` signs and where the whole of it stands."""
        text = str(text).strip()
        if len(text) <= most:
            return text
        number, _ = self.kept.setdefault(text, (len(self.kept) + 1, where))
        return f"{Truncator(text).chars(most)} ({words.SEEN.format(number)})"

    def told(self):
        """Return what the appendix shows."""
        return [
            {
                "number": f"č. {number}",
                "where": where,
                "paragraphs": [line for line in map(str.strip, text.splitlines()) if line],
            }
            for text, (number, where) in self.kept.items()
        ]
