"""The way out to push services: requests over libcurl, to public addresses only."""
