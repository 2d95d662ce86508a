"""The workbench: one report in one window."""
