"""The example's whole year on a real server and runner, with the clock turned from moment to moment (`python -m tests.live_year`).

It takes more than half an hour and is run by hand. `staffelstab up` is started as a person starts it; the wall clock of all its
processes is turned to just before the next scheduled moment (`tests/deployments/wall_clock.py`), so that each moment comes by the
server's own scheduler. The year is disturbed: nothing runs for nine days, the runner, the server and a run are killed, a session
is moved while everything runs, an outcome is entered late. Afterwards the journal is compared with that of the same year played
without a server and without any disturbance, and everything that Prefect keeps is searched for what people wrote.
"""
