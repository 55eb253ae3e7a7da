"""What `staffelstab doctor` looks at, one function for each row: the machine, the working folder, and what is running."""
