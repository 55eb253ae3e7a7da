"""What runs when: schedules computed from the plan, and forms. The hardened server is in `server/`."""

import os

os.environ.setdefault("DO_NOT_TRACK", "1")  # Prefect looks at it once, when it is first imported
