"""„Stav bude“: what the one rule would say were a report published now."""

from dataclasses import replace

from measures.sentences import rule_sentence
from measures.status import status, with_report


def preview(facts, report, finished, output_day, on):
    """Return the Status of the measure were `report` published on a day, with its ticks and an
    output that happened on `output_day`, and the sentence why."""
    if output_day:
        facts = replace(facts, output_days=(*facts.output_days, output_day))
    facts = with_report(facts, report, finished)
    found = status(facts, on)
    return {"status": found, "fact": rule_sentence(found, facts).fact}
