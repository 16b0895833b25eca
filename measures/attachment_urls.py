"""Addresses of this app that anybody may ask for."""

from django.urls import path

from measures.views import files

app_name = "attachments"
urlpatterns = [
    path("priloha/<int:pk>/<str:name>", files.attachment_download, name="download"),
]
