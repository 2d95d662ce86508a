"""The office as Django knows it."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The pages of an office and its organs."""

    name = "nianbao.web.office"
    label = "office"

    def ready(self) -> None:
        """Begin to listen for lock-outs."""
        from nianbao.web.office import lockouts

        lockouts.watch()
