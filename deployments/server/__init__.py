"""The hardened Prefect server: its process, its settings, its database, and the middleware in front of it."""
