"""A fuzzing campaign: everything a stranger may send in and everything a coordinator may edit, changed at random.

    python -m tests.fuzzing MINUTES SEED [--corpus FOLDER …] [--log FILE]
    python -m tests.fuzzing --case FAMILY:NUMBER SEED [--corpus FOLDER …]

Each case is drawn from the seed, its family and its number alone, so that it can be repeated by them.
"""
