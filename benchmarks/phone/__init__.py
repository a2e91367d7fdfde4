"""The guide on the phone: bytes and requests to get it and to keep it right (``make bench ARGS=phone``)."""
