"""The command line: help, mistakes, exit codes, output for machines."""
