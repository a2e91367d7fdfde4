"""The push server: serves the built site, keeps subscriptions, announces the noon service."""

from .app import create_app

__all__ = ["create_app"]
