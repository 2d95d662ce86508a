"""What a page says once, of what was done by the form before it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nianbao.web.words import catalogue

_SAID = "said"  # in the session


def say(request: HttpRequest, page: str, word: str, **values: object) -> None:
    """Have the next page say a sentence of a page's words."""
    request.session[_SAID] = catalogue()[page][word].format(**values)


def show(
    request: HttpRequest, template: str, shown: dict[str, Any], problems: tuple[str, ...] = ()
) -> HttpResponse:
    """A page with what there is to say, or with what was wrong with the form that it shows again."""
    shown |= {"said": request.session.pop(_SAID, ""), "problems": problems}
    return render(request, template, shown, status=422 if problems else 200)
