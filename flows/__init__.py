"""One Prefect flow per kind of phase, each reading as that phase's procedure; the daily pass; and the forms for decisions and dates."""
