"""Nothing newer than the oldest browsers is used without a way round: docs/browsers.md."""
