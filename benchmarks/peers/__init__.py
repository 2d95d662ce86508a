"""The same reports from the same template, made by others: how long they take, and what they make."""
