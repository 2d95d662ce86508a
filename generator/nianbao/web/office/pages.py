"""The pages that a person is offered on every page: those that their rights lead to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from nianbao.report.submission import Right
from nianbao.web.words import catalogue

PAGES = {  # by the name of the address: the right that it asks for
    "board": (Right.BOARD,),
    "mine": (Right.FILL, Right.SIGN),
    "sums": (Right.SUM,),
    "publication": (Right.SUM, Right.ARCHIVE),
    "archive": (Right.ARCHIVE,),
    "organs": (Right.ADMIN,),
    "years": (Right.ADMIN,),
    "links": (Right.ADMIN,),
    "accounts": (Right.ADMIN,),
    "settings": (Right.ADMIN,),
    "log": (Right.LOG,),
}


def pages(request: HttpRequest) -> dict[str, Any]:
    """The pages, for the head of every template."""
    person = getattr(request, "person", None)
    if person is None:
        return {"pages": []}
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    return {
        "pages": [
            {"name": name, "word": catalogue()[name]["title"], "here": here.partition("-")[0] == name}
            for name, rights in PAGES.items()
            if person.may(*rights)
        ]
    }
