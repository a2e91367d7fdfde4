"""``python -m generator`` is ``guide``."""

import sys

from .cli import main

sys.exit(main())
