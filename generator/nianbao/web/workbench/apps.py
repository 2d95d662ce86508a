"""How Django knows the workbench."""

from django.apps import AppConfig


class Workbench(AppConfig):
    """The workbench's models and templates."""

    name = "nianbao.web.workbench"
    label = "workbench"
    default_auto_field = "django.db.models.BigAutoField"
