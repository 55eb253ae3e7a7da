"""The whole product through its command line, with real Prefect: what the main job must show."""
