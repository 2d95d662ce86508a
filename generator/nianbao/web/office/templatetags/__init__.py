"""What templates of the office need beside Django's own."""
