"""The guide in other engines than the one it is developed in: docs/browsers.md."""
