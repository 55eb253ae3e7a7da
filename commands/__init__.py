"""The command line `staffelstab`: the place where everything is put together."""
