from django.urls import path, re_path

from meetings.views import desk, files, pages, resolutions

app_name = "meetings"

_MEETING = r"^zasedani/(?P<slug>\d{4}-\d\d-\d\d-[-\w]+)"
_FILE = r"(?P<name>zprava\.(?:pdf|xlsx|json)|opatreni\.csv)$"

urlpatterns = [
    path("zasedani/", pages.meeting_list, name="meeting_list"),
    re_path(rf"{_MEETING}/$", pages.meeting_detail, name="meeting_detail"),
    re_path(
        rf"{_MEETING}/oprava/(?P<number>\d{{1,4}})/$",
        pages.correction_detail,
        name="correction_detail",
    ),
    re_path(rf"{_MEETING}/{_FILE}", files.meeting_file, name="meeting_file"),
    re_path(
        rf"{_MEETING}/oprava/(?P<number>\d{{1,4}})/{_FILE}",
        files.correction_file,
        name="correction_file",
    ),
    path("prace/zasedani/", desk.desk_list, name="desk_list"),
    path("prace/zasedani/nove/", desk.meeting_create, name="meeting_create"),
    path("prace/zasedani/<int:pk>/", desk.desk_detail, name="desk_detail"),
    path("prace/zasedani/<int:pk>/upravit/", desk.meeting_edit, name="meeting_edit"),
    path("prace/zasedani/<int:pk>/smazat/", desk.meeting_delete, name="meeting_delete"),
    path("prace/zasedani/<int:pk>/zmrazit/", desk.meeting_freeze, name="meeting_freeze"),
    path("prace/zasedani/<int:pk>/oprava/", desk.meeting_correct, name="meeting_correct"),
    path(
        "prace/zasedani/<int:pk>/usneseni/",
        resolutions.resolution_create,
        name="resolution_create",
    ),
    path(
        "prace/usneseni/<int:pk>/oprava/", resolutions.resolution_correct, name="resolution_correct"
    ),
    path(
        "prace/usneseni/<int:pk>/zrusit/",
        resolutions.resolution_withdraw,
        name="resolution_withdraw",
    ),
    path(
        "prace/redakce-usneseni/<int:pk>/",
        resolutions.resolution_redact,
        name="resolution_redact",
    ),
]
