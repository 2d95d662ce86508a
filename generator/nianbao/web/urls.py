"""Every address, and what answers it."""

from __future__ import annotations

from django.urls import path

from nianbao.web import static
from nianbao.web.workbench import beside, hindered, self_test, views

handler400 = "nianbao.web.access.refuse_request"
handler404 = "nianbao.web.access.miss"
handler500 = "nianbao.web.access.admit"
urlpatterns = [
    path("", views.start, name="start"),
    path("open", views.open_file, name="open"),
    path("begin", views.begin, name="begin"),
    path("begin-last", views.begin_from_last, name="begin-last"),
    path("draft/<slug:key>", views.report, name="report"),
    path("draft/<slug:key>/values", views.values, name="values"),
    path("draft/<slug:key>/last", views.last, name="last"),
    path("draft/<slug:key>/known/<slug:finding>", views.known, name="known"),
    path("draft/<slug:key>/make", views.make, name="make"),
    path("draft/<slug:key>/delete", views.delete, name="delete"),
    path("draft/<slug:key>/home.<slug:kind>", views.taken_home, name="home"),
    path("draft/<slug:key>/compare", beside.compare, name="compare"),
    path("draft/<slug:key>/article", beside.article, name="article"),
    path("draft/<slug:key>/keep", beside.keep, name="keep"),
    path("archive", beside.archive, name="archive"),
    path("archive/verify", beside.verify, name="verify"),
    path("archive/files/<path:path>", beside.kept_file, name="kept"),
    path("fonts", beside.fonts, name="fonts"),
    path("go-back", hindered.go_back, name="go-back"),
    path("try-again", hindered.try_again, name="try-again"),
    path("self-test", self_test.self_test, name="self-test"),
    path("self-test/results", self_test.results, name="self-test-results"),
    path("jobs/<slug:key>", views.job, name="job"),
    path("made/<slug:key>/<int:number>.png", views.page, name="page"),
    path("made/<slug:key>/spots", views.spots, name="spots"),
    path("made/<slug:key>/report.<slug:kind>", views.made_file, name="made"),
    path("news", views.news, name="news"),
    path("static/<str:name>", static.serve, name="static"),
    path("form/<slug:edition>", static.serve_form, name="form"),
]
