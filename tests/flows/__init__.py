"""The flows on a real Prefect server: names, states, and what Prefect gets to know."""
