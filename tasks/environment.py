"""How the process of a run is told what its runs are about, and the server process which of its runs are whose."""

from __future__ import annotations

FOLDER = "STAFFELSTAB_FOLDER"
"""The working folder."""

FROZEN = "STAFFELSTAB_FROZEN"
"""The moment at which a plan is shown frozen; empty where runs are live."""

SHARED = "STAFFELSTAB_SHARED"
"""Not empty if the server has runs of others too."""

LEDGER = "STAFFELSTAB_LEDGER"
"""Where the ledger of a single plan lies, if neither it nor its address is kept in the working folder. Of several plans each has
one of its own: their processes are told an empty one."""

BATCH_WORKERS = "STAFFELSTAB_BATCH_WORKERS"
"""Who reads very many papers in batches: a number of workers on this machine, or tls://HOST:PORT of a Dask scheduler."""

BATCH_CERTIFICATES = "STAFFELSTAB_BATCH_CERTIFICATES"
"""With a scheduler: the folder of ca.pem, cert.pem and key.pem, which nobody else may read."""
