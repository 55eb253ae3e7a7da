"""What a resolution's text says, one module for each kind of thing. A finder takes values, returns values and changes none."""
