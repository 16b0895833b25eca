"""Ten people write at once: nothing is lost, nothing is written twice, nobody meets a lock."""

import os
import sys
import time
from collections import Counter
from statistics import median

from tests.load.world import CLIENTS
from tests.load.writer import Writer

SECONDS = float(os.environ.get("LOAD_SECONDS", "5"))


def play(people, server):
    """Let them write; return the writers, how long it took and the log of the server."""
    home, log = server()
    deadline = time.monotonic() + SECONDS
    pairs = zip(people["emails"], people["own"], strict=True)
    writers = [Writer(home, email, own, people["hot"], deadline) for email, own in pairs]
    for writer in writers:
        writer.sign_in()
    began = time.monotonic()
    for writer in writers:
        writer.deadline = began + SECONDS
        writer.start()
    for writer in writers:
        writer.join(SECONDS + 120)
    took = time.monotonic() - began
    assert not any(writer.is_alive() for writer in writers), "somebody still waits for an answer"
    return writers, took, log.read_text()


def summary(writers, took):
    times = [answer.seconds for w in writers for _, _, answer in w.reader.answers]
    posts = [a.seconds for w in writers for method, _, a in w.reader.answers if method == "POST"]
    acts = {
        "reports": sum(len(w.published) for w in writers),
        "milestones": sum(len(w.added) for w in writers),
        "finished": sum(len(w.finished) for w in writers),
        "conflicts": sum(w.conflicts for w in writers),
        "refused": sum(w.refused for w in writers),
    }
    words = ", ".join(f"{number} {name}" for name, number in acts.items())
    return (
        f"{len(times)} requests in {took:.1f} s ({len(times) / took:.0f}/s, "
        f"{len(posts) / took:.0f} writes/s): {words}; "
        f"median {median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms, "
        f"worst write {max(posts) * 1000:.0f} ms"
    )


def test_ten_writers_lose_nothing_and_repeat_nothing(world, server, capsys):
    writers, took, log = play(world("make"), server)
    with capsys.disabled():
        sys.stdout.write(f"\n{summary(writers, took)}\n")
    told = world("tell")
    check_answers(writers, log)
    check_reports(writers, told)
    check_drafts(writers, told)
    check_milestones(writers, told)
    assert told["agree"], f"{told['statuses']} but naively {told['naive']}"
    assert told["statuses"] == told["naive"]


def check_answers(writers, log):
    """Nobody met an error of the server, a lock or a page that was not as promised."""
    assert [fault for writer in writers for fault in writer.faults] == []
    statuses = Counter(a.status for w in writers for _, _, a in w.reader.answers)
    assert set(statuses) <= {200, 302, 303, 404, 409, 422}, statuses
    texts = [log, *(a.text for w in writers for _, _, a in w.reader.answers if a.status >= 400)]
    assert not any("database is locked" in text or "deadlock" in text for text in texts)
    assert "Traceback" not in log, log[-3000:]
    assert len(writers) == CLIENTS
    for writer in writers:
        assert writer.published, f"{writer.name} published nothing"
        assert writer.measures[0] in writer.added.values()
    assert sum(len(writer.finished) for writer in writers) >= CLIENTS


def check_reports(writers, told):
    """Each published report is there exactly once, with its measure and its author."""
    expected = [[n, m, w.email] for w in writers for n, m in w.published.items()]
    assert sorted(told["reports"]) == sorted(expected)


def check_drafts(writers, told):
    """The last draft somebody was told is kept is there; a published one is gone."""
    drafts = {(email, measure): note for email, measure, note in told["drafts"]}
    for writer in writers:
        for measure, note in writer.drafts.items():
            assert drafts.get((writer.email, measure)) == note, (writer.email, measure)


def check_milestones(writers, told):
    """Each milestone has its creation, each finishing one version more, and no act came twice."""
    versions = {}
    for pk, title, state, author, measure in told["versions"]:
        versions.setdefault(pk, []).append((title, state, author, measure))
    expected = [(t, "open", w.email, m) for w in writers for t, m in w.added.items()]
    assert sorted(rows[0] for rows in versions.values()) == sorted(expected)
    finished = {pk: writer.email for writer in writers for pk in writer.finished}
    assert len(finished) == sum(len(writer.finished) for writer in writers), "finished twice"
    closed = {pk: rows[1][2] for pk, rows in versions.items() if len(rows) > 1}
    assert closed == finished
    assert all(len(rows) <= 2 for rows in versions.values())
    assert all(row[1] == "done" for rows in versions.values() for row in rows[1:])
