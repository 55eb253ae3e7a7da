"""From the inbox to a case: told with real files in a real working folder."""
