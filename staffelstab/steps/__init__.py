"""The steps every phase takes, without Prefect: begin, take in, compile, hand off, decide, and the daily round."""
