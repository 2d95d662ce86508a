"""The face for people without a command line: pages in a browser, served on one's own machine."""
