"""One Prefect flow per kind of phase, each reading as its procedure; the daily pass; the forms for decisions and dates."""

from __future__ import annotations

from tasks.orphaned import end_with_runner

end_with_runner()
