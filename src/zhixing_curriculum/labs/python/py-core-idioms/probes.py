"""Small things that only exist in the answer's process. Data out, never a measurement."""


def kept(module, name, data, *rest):
    """What the function gives back, and what the caller's data are afterwards."""
    return getattr(module, name)(data, *rest), data


def refused(module, text):
    """Number and line of the ParseError that this text raises; None if it raises none."""
    try:
        module.parse_kv(text)
    except module.ParseError as error:
        return error.number, error.line
    return None
