"""``guide words``: what citizens did not find."""

from __future__ import annotations

import argparse
import os
import sys

from ..errors import BuildError
from .saying import sound


def words(options: argparse.Namespace) -> int:
    # Here, since what asks a server takes 35 ms to load, a tenth of a rebuild.
    from ..search.unfound import from_database, from_server, still_unfound, suggestions

    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    try:
        if options.address is None:
            listed = from_database(options.data)
        else:
            listed = from_server(options.address, os.environ.get("GUIDE_TOKEN"))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(suggestions(still_unfound(listed, catalogue), catalogue) or "没有没找到的词")
    return 0
