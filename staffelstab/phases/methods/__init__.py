"""Methods of analysis: pure functions over plain frozen values; the caller maps records and plan to them and back."""
