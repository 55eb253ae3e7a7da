"""Starting anew: a whole plan on new dates, and what must be decided about it again."""
