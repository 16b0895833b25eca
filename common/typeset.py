"""A short-lived process of its own: sources of a document come in, the bytes of a PDF go out.

Run by common/pdf.py. Typst keeps what it has laid out, so a worker that used it would grow with
every document; and what makes it panic ends only this process.
"""

import json
import sys

import typst


def main():
    """Read {name: text} as JSON from standard input, write the PDF to standard output."""
    sources = json.load(sys.stdin.buffer)
    pdf = typst.compile(
        {name: text.encode() for name, text in sources.items()},
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        ignore_system_fonts=True,
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
