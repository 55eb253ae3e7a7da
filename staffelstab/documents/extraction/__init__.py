"""Text extraction: what stands in a paper of any form, read by a worker process in a sandbox."""
