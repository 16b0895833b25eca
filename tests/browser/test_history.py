"""From a measure to the history of its changes in a real browser."""

from playwright.sync_api import expect

from common.history import recording
from tests import factories as make


def test_the_head_reads_who_changed_what(page_as, axe):
    head = make.UserFactory(name="Věra Vedoucí")
    measure = make.make_measure("1.2", short_name="Garanční fond", strategy__slug="kk")
    with recording(by=head, reason="Usnesení RK 12/03/26"):
        measure.note = "Znění upraveno."
        measure.save()
        make.ActivityFactory(measure=measure, order=1, text="Školíme obce.")
    page = page_as("head")
    page.goto(measure.get_absolute_url())
    page.get_by_role("link", name="Historie změn").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Věra Vedoucí · změněno")
    expect(main).to_contain_text("Důvod: Usnesení RK 12/03/26")
    page.get_by_text("S čím záznam začínal").first.click()
    axe(page)
    page.get_by_role("link", name="Historie změn").click()
    page.get_by_label("Druh").select_option("Aktivita")
    page.get_by_role("button", name="Vybrat").click()
    expect(main).to_contain_text("Školíme obce.")
    expect(main).not_to_contain_text("Znění upraveno.")
    axe(page)
