app_name = "meetings"
urlpatterns: list = [
    # path("zasedani/", …, name="meeting_list"), path("zasedani/<…>/", …, name="meeting_detail")
]
