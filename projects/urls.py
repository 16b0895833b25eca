from django.urls import path

from projects.views import project_detail, project_list

app_name = "projects"
urlpatterns = [
    path("", project_list, name="project_list"),
    path("<slug:slug>/", project_detail, name="project_detail"),
]
