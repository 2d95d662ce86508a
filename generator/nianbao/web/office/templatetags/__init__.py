"""What the templates of the office say beside the words."""
