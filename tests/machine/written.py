"""The made history written into the database, by the ordinary models at the moments given."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from common.history import recording
from common.redaction import redact
from measures.models import MilestoneVersion, OutputMunicipality
from municipalities.models import Component, ComponentShare
from tests import factories as make
from tests.factories import PRAGUE
from tests.machine import story
from tests.machine.dice import told
from tests.measures.histories import milestone_row, output_row, plan_row, report_row
from tests.measures.naive_replay import Happened, Placed, Planned, Promised, Redacted, Worded
from tests.projects.factories import ProjectFactory, ProjectMeasureFactory

COMPONENTS = {"1": Component.HOUSING_BENEFIT, "2": Component.EXECUTION}


@dataclass(frozen=True)
class Written:
    """The strategy in the database; measures, priorities, goals and places by what they are called
    in the story, whose `events` are by measure."""

    strategy: object
    events: dict
    measures: dict
    priorities: dict
    places: dict


def write_story():
    """Write the whole story and return it as Written."""
    strategy = make.StrategyFactory(
        slug="kk", short_name="Strategie kraje", loaded_at=datetime(2024, 12, 20, tzinfo=PRAGUE)
    )
    places = _places(strategy.region)
    priorities = {
        code: make.PriorityFactory(strategy=strategy, code=code, index_component=component)
        for code, component in COMPONENTS.items()
    }
    goals = {
        code: make.GoalFactory(priority=priorities[of], code=code)
        for code, of in story.GOALS.items()
    }
    _shares(places)
    events, measures = told(), {}
    writer = _Writer(places)
    for code, codes in story.MEASURES.items():
        measures[code] = writer.write(strategy, code, [goals[one] for one in codes], events[code])
    _projects(strategy.region, measures, places)
    return Written(strategy, events, measures, priorities, places)


def _places(region):
    orp = make.OrpFactory(region=region)
    return {
        name: make.MunicipalityFactory(name=name, region=region, orp=orp) for name in story.PLACES
    }


def _shares(places):
    entries = {name: make.IndexEntryFactory(municipality=place) for name, place in places.items()}
    for code, component in COMPONENTS.items():
        share, high = (Decimal(one) for one in story.NATION[code])
        edition = entries["Aš"].edition
        ComponentShare.objects.create(
            edition=edition, component=component, share=share, percentile_90=high
        )
        for name, own in story.SHARES[code].items():
            known = {"state": "known", "count": 50, "base": 1000, "share": own and Decimal(own)}
            masked = {"state": "masked", "count": 3, "base": 1000}
            make.ComponentValueFactory(
                entry=entries[name], component=component, **(known if own else masked)
            )


def _projects(region, measures, places):
    for slug, territory, named, start, end, code in story.PROJECTS:
        project = ProjectFactory(
            slug=slug.replace("é", "e"),
            name=slug,
            region=region,
            territory=territory,
            start_date=start,
            end_date=end,
            municipalities=[places[name] for name in named],
        )
        ProjectMeasureFactory(project=project, measure=measures[code])


class _Writer:
    """Writes the events of measures, each at its moment."""

    def __init__(self, places):
        self.places = places
        self.author, self.approver = make.UserFactory(), make.UserFactory()
        self.departments = {
            name: make.OrganisationFactory(name=name, kind="department")
            for name in story.DEPARTMENTS
        }

    def write(self, strategy, code, goals, events):
        loaded = datetime.combine(story.LOADED, time(8), tzinfo=PRAGUE)
        first, *_ = [event for event in events if isinstance(event, Worded)]
        with recording(by=None, moment=loaded):
            self.measure = make.make_measure(
                code,
                *goals,
                strategy=strategy,
                name=first.name,
                is_cross_cutting=not goals,
                loaded_at=loaded,
            )
            self.activity = make.ActivityFactory(measure=self.measure, text=first.activity)
        self.rows, self.milestones = [], {}
        for event in events:
            self.rows.append(self._write(event))
        return self.measure

    def _write(self, event):
        if isinstance(event, Redacted):
            return redact(
                self.rows[event.place], [event.field], by=self.approver, reference="DPO 1/2026"
            )
        if isinstance(event, Placed | Worded):
            return self._edit(event)
        row = self._row(event)
        if not isinstance(row, MilestoneVersion):
            row.measure = self.measure
        row.save()
        for name in getattr(event, "places", ()):
            OutputMunicipality.objects.create(output=row, municipality=self.places[name])
        return row

    def _edit(self, event):
        with recording(by=self.author, moment=event.at):
            if isinstance(event, Placed):
                self.measure.territory = event.territory
                self.measure.municipalities.set([self.places[name] for name in event.places])
            else:
                self.measure.name = event.name
                self.activity.text = event.activity
                self.activity.save()
            self.measure.save()

    def _row(self, event):
        if isinstance(event, Planned):
            return plan_row(event, self.departments.get(event.department))
        if isinstance(event, Promised):
            if event.milestone not in self.milestones:
                self.milestones[event.milestone] = make.MilestoneFactory(measure=self.measure)
            return milestone_row(event, self.milestones[event.milestone])
        corrected = None if event.corrects is None else self.rows[event.corrects]
        if isinstance(event, Happened):
            return output_row(event, corrected)
        row = report_row(event, corrected)
        row.author = self.author if row.source == "staff" else None
        row.approver = self.approver if event.is_approved else None
        return row
