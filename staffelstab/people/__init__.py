"""Who holds which office, and how they are reached: the role list, valid by date, kept where it can be erased (R05, R60, R74)."""
