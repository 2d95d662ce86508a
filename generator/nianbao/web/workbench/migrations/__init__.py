"""How the database of earlier versions becomes this one's."""
