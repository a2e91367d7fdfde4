"""What can stop a build that is not the catalogue's fault."""


class BuildError(Exception):
    """The site was not built and the last good one stands; the message says why."""
