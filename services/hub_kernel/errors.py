"""The one tree of errors, named after what the runtime does next."""


class TuolianError(Exception):
    """Root of every error that Tuolian raises on purpose; its text is one sentence for a person, with what to do."""


class Rejected(TuolianError):
    """The input is kept and given back with the reason; the work goes on without it."""


class Retried(TuolianError):
    """A passing fault (a lock, a connection): the same work is tried again."""


class Parked(TuolianError):
    """An event of one county cannot be processed: that county waits at it, the others go on."""


class Stopped(TuolianError):
    """The process must not go on: what it found is not what it was built for."""


class UsageError(TuolianError):
    """The command or call was wrong in itself (unknown region, unknown option); says what would be right."""


class UndecidedError(TuolianError):
    """Nothing was done because a choice is a person's; says the candidates."""
