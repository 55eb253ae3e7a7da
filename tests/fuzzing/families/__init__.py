"""One module per family: what is changed, and for what is no paper also what is then done with it."""
