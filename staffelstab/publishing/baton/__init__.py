"""The baton: the bag one phase hands to the next."""
