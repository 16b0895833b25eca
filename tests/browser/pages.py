"""Every kind of public page by its address, with our own data; what must hold for all uses it."""

from dataclasses import dataclass

from django.urls import get_resolver, resolve

# Not for the public, or no page at all; a new address must be listed below or named here.
NOT_PUBLIC = {"admin", "measures"}
NOT_PAGES = {"portal:healthz", "portal:quality", "attachments:download", "/favicon.ico"}
NOT_PAGES |= {"portal:changes_feed", "portal:deadline_calendar"}
NOT_PAGES |= {"portal:coverage_csv", "portal:coverage_json", "municipalities:hexes"}
NOT_PAGES |= {"needs:csv", "needs:json", "calls:calendar", "calls:csv", "calls:json"}
NOT_PAGES |= {f"portal:municipality_{kind}" for kind in ("sheet", "csv", "json")}
NOT_PAGES |= {"meetings:meeting_file", "meetings:correction_file"}
NOT_PAGES |= {
    f"indicators:{name}_{kind}" for name in ("indicator_list", "values") for kind in ("csv", "json")
}
NOT_PAGES |= {f"project_export:{kind}" for kind in ("csv", "xlsx", "json")}
NOT_READ = ("ucet/", "prace/", "dotaz/")
"""Accounts, the desk, and what a secret in the address opens."""


@dataclass(frozen=True)
class Page:
    """An address and the status it answers with."""

    path: str
    status: int = 200

    def __str__(self):
        return self.path


STRATEGY_PATHS = [
    "/strategie/",
    "/strategie/kk/",
    "/strategie/kk/?zobrazeni=tabulka",
    "/strategie/kk/?stav=zpozdeno",
    "/strategie/kk/?k=2026-09-12",
    "/strategie/kk/?k=2023-06-01",
    "/strategie/kk/?k=abc&stav=modre",
    "/strategie/kk/o-strategii/",
    "/strategie/kk/pokryti/",
    "/strategie/kk/pokryti/?priorita=1&potreba=vysoka&orp=cheb",
    "/strategie/kk/pokryti/?orp=x&pokryti=y&k=abc",
    "/strategie/kk/pokryti/?podle=opatreni&priorita=4",
    "/strategie/lk/pokryti/",
    "/strategie/kk/zmeny/",
    "/strategie/kk/zmeny/?od=abc&do=2099-01-01",
    "/strategie/lk/zmeny/",
    "/strategie/kk/vystupy/",
    "/strategie/kk/vystupy/?druh=seminar&rok=1999",
    "/strategie/kk/priorita/1/",
    "/strategie/kk/cil/1.A/",
    "/strategie/kk/opatreni/1.2/",
    "/strategie/kk/opatreni/1.2/?k=2026-09-12",
    "/strategie/lk/",
    "/strategie/lk/?zobrazeni=tabulka",
    "/strategie/lk/o-strategii/",
    "/strategie/lk/vystupy/",
    "/strategie/lk/priorita/ZAMESTNANOST/",
    "/strategie/lk/cil/13/",
    "/strategie/lk/opatreni/IX/",
]
PLACE_PATHS = [
    "/obce/",
    "/obce/?pasmo=vysoky&q=v",
    "/obce/srovnani/",
    "/obce/srovnani/?o=554481,560286",
    "/obce/554481-cheb/",
    "/obce/560677-sindelova/",
    "/obce/560472-kraslice/",
    "/obce/555177-hradiste/",
    "/orp/4103-karlovy-vary/",
    "/kraj/",
]
RESULT_PATHS = [
    "/ukazatele/",
    "/ukazatele/?hodnoceni=plni-se&kraj=x&k=abc",
    "/ukazatele/lk-lide-v-chudobe/",
    "/ukazatele/lk-lide-v-chudobe/?k=2026-09-12",
    "/ukazatele/kk-obce-index-12-a-vice/",
    "/ukazatele/kk-osoby-v-exekuci/",
    "/projekty/",
    "/projekty/kv-opzp-system/",
    "/projekty/za-jeden-provaz/",
    "/projekty/kv-oplzz-svl/",
    "/vyzvy/",
    "/vyzvy/?archiv=1&zadatel=obec&priorita=nic",
    "/organisace/",
    "/organisace/?druh=utvary&text=odbor",
    "/organisace/?razeni=-nic",
    "/organisace/1-implementacni-jednotka-karlovarskeho-kraje/",
]
MEETING_PATHS = [
    "/zasedani/",
    "/zasedani/?organ=x&rok=2026",
    "/zasedani/2026-11-26-rada/",
    "/zasedani/2026-11-26-rada/oprava/0/",
]
TEXT_PATHS = [
    "/metodika/",
    "/metodika/stav/",
    "/metodika/aktualnost/",
    "/metodika/souhrny/",
    "/metodika/minule-dny/",
    "/metodika/zasedani/",
    "/metodika/zmeny/",
    "/metodika/ukazatele/",
    "/metodika/penize-a-osoby/",
    "/metodika/potreby/",
    "/metodika/index/",
    "/metodika/pokryti/",
    "/metodika/opravy-textu/",
    "/metodika/opravy-dat/",
    "/nahlasit/",
    "/nahlasit/?z=/obce/554481-cheb/",
    "/nahlasit/dekujeme/",
    "/metodika/zdroje/",
    "/metodika/slovnicek/",
    "/o-portalu/",
    "/pristupnost/",
    "/snadne-cteni/",
]
PAGES = [
    Page("/"),
    Page("/hledat/"),
    Page("/hledat/?q=cheb"),
    Page("/hledat/?q=nic-takoveho"),
    *map(Page, STRATEGY_PATHS + PLACE_PATHS + RESULT_PATHS + MEETING_PATHS + TEXT_PATHS),
    Page("/nic-takoveho/", status=404),
]


def listed_views():
    """Return the names of the views that answer the pages of the list."""
    paths = {page.path.split("?")[0] for page in PAGES if page.status == 200}
    return {resolve(path).view_name for path in paths}


def public_views():
    """Return the names of all public addresses the portal knows; one without a name by its path."""
    return set(_public(get_resolver(), "", "")) - NOT_PAGES


def _public(resolver, namespace, prefix):
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if hasattr(pattern, "url_patterns"):
            inner = pattern.namespace or namespace
            if inner not in NOT_PUBLIC and not path.startswith(NOT_READ):
                yield from _public(pattern, inner, path)
        elif not path.startswith(NOT_READ):
            yield f"{namespace}:{pattern.name}" if pattern.name else f"/{path}"
