"""One Prefect flow per kind of phase, and the daily pass; each reads as that phase's procedure."""
