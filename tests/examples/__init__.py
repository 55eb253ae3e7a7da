"""The examples that are shipped: whole, small, consistent, and nobody is named in them."""
