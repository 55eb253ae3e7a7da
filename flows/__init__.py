"""One Prefect flow per kind of phase, each reading as its procedure; the daily pass; the forms for decisions and dates."""
