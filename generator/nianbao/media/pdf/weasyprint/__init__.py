"""The one place that knows the insides of WeasyPrint: printing HTML, faster than it does, and tagged."""
