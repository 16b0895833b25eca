"""One person who writes as fast as the portal answers, and remembers what it was told."""

import random
import re
import threading
import time
from datetime import timedelta
from html import escape

from django.utils import timezone

from tests.load.browsing import Reader, form_with
from tests.load.world import PASSWORD

CONFLICT = 409
REFUSED = 422


class Writer(threading.Thread):
    """Saves drafts, publishes, adds and finishes milestones until the deadline."""

    def __init__(self, home, email, own, hot, deadline):
        super().__init__(name=email, daemon=True)
        self.email, self.measures, self.deadline = email, [own, *hot], deadline
        self.dice = random.Random(email)
        self.reader = Reader(home)
        self.published, self.drafts, self.added, self.finished = {}, {}, {}, []
        self.conflicts = self.refused = self.count = 0
        self.faults = []

    def sign_in(self):
        form = form_with(self.reader.get("/ucet/login/").text, "login")
        answer = self.reader.post("/ucet/login/", form.filled(login=self.email, password=PASSWORD))
        assert answer.is_done, f"{self.email}: {answer.status}"

    def run(self):
        try:
            # However slow the machine is: once about one's own measure, once about a shared one.
            for measure in self.measures[:2]:
                self.write(measure, is_whole=True)
            while time.monotonic() < self.deadline:
                self.write(self.dice.choice(self.measures))
        except Exception as fault:
            self.faults.append(f"{type(fault).__name__}: {fault}")

    def write(self, measure, is_whole=False):
        """Do once all that there is to do about a measure, or most of it."""
        self.count += 1
        self.keep_draft(measure)
        if is_whole or self.dice.random() < 0.8:
            self.publish(measure, twice=is_whole or self.dice.random() < 0.3)
        self.add_milestone(measure)
        if is_whole or self.dice.random() < 0.7:
            self.finish_milestone(measure)

    def keep_draft(self, measure):
        note = f"koncept {self.name} {self.count}"
        answer = self.send(measure, "koncept", note)
        if answer.is_done:
            self.drafts[measure] = note
            # What was just said to be kept is there.
            assert escape(note) in self.open(measure).text, f"{note} is lost"
        else:
            self.drafts.pop(measure, None)

    def publish(self, measure, twice):
        """Publish a report; a form that knows itself again is sent twice."""
        note = f"hlášení {self.name} {self.count}"
        page = self.open(measure).text
        form = form_with(page, "note")
        pairs = self.filled(form, "zverejnit", note)
        if twice and form.tokens:
            answers = self.post_twice(measure, pairs)
        else:
            answers = [self.reader.post(self.path(measure), pairs)]
        if any(answer.is_done for answer in answers):
            self.published[note] = measure
            self.drafts[measure] = None
        else:
            self.check_refusal(answers[0], note)
            self.drafts.pop(measure, None)

    def post_twice(self, measure, pairs):
        """Press the button twice: both at once, from two windows of one session."""
        other = Reader(self.reader.home)
        for cookie in self.reader.jar:
            other.jar.set_cookie(cookie)
        answers = []
        second = threading.Thread(
            target=lambda: answers.append(other.post(self.path(measure), pairs)), daemon=True
        )
        second.start()
        answers.append(self.reader.post(self.path(measure), pairs))
        second.join(60)
        self.reader.answers += other.answers
        return answers

    def send(self, measure, act, note):
        form = form_with(self.open(measure).text, "note")
        answer = self.reader.post(self.path(measure), self.filled(form, act, note))
        if not answer.is_done:
            self.check_refusal(answer, note)
        return answer

    def filled(self, form, act, note):
        assert act in form.buttons, f"no button {act} among {form.buttons}"
        return form.filled(akce=act, kind="progress", phase="running", health="on_track", note=note)

    def check_refusal(self, answer, note):
        """A conflict is no fault, but the text must still be on the page."""
        assert answer.status == CONFLICT, f"{answer.status}: {_errors(answer)}"
        # Both texts stand there with their differences marked.
        words = " ".join(re.sub(r"<[^>]+>", "", answer.text).split())
        assert escape(note) in words, f"{note} is not on the page of the conflict"
        self.conflicts += 1

    def add_milestone(self, measure):
        title = f"milník {self.name} {self.count}"
        path = f"/prace/opatreni/{measure}/milnik/"
        due = timezone.localdate() + timedelta(days=30)
        form = form_with(self.reader.get(path).text, "title")
        pairs = form.filled(title=title, due_date=f"{due.day}. {due.month}. {due.year}")
        answer = self.reader.post(path, pairs)
        assert answer.is_done, f"{answer.status}: {_errors(answer)}"
        self.added[title] = measure

    def finish_milestone(self, measure):
        """Finish one of the open ones; on a shared measure somebody may come first."""
        page = self.open(measure).text
        open_ones = sorted(set(re.findall(r"/prace/milnik/(\d+)/hotovo/", page)))
        assert open_ones or measure != self.measures[0], "no link finishes a milestone"
        if not open_ones:
            return
        pk = self.dice.choice(open_ones)
        path = f"/prace/milnik/{pk}/hotovo/"
        page = self.reader.get(path)
        if page.status == 200 and "done_on" in page.text:
            answer = self.reader.post(path, form_with(page.text, "done_on").filled())
            if answer.is_done:
                self.finished.append(int(pk))
                return
            assert answer.status in (REFUSED, CONFLICT), f"{answer.status}: {_errors(answer)}"
        self.refused += 1

    def open(self, measure):
        answer = self.reader.get(self.path(measure))
        assert answer.status == 200, f"the form answers {answer.status}"
        return answer

    def path(self, measure):
        return f"/prace/opatreni/{measure}/hlaseni/"


def _errors(answer):
    """Return what a page says is wrong, without its tags."""
    found = re.findall(r"<(?:li|p|div)[^>]*(?:error|alert)[^>]*>(.*?)</", answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())[:300]
