"""What a user can do wrong, told in one sentence with its remedy."""


class ScalingError(Exception):
    """What is wrong, why it matters, what to do."""
