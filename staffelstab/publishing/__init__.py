"""What is handed out: dossiers, artifacts for the Prefect UI, letters, calendars, batons."""
