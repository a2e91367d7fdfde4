"""What is to be said. Sources (``noon``, ``closure``) say what should stand at a moment,
``reconcile`` compares that with what stands; both are pure. ``announcer`` carries it out, and so do
``hall``, ``keepers`` and ``expiring`` for those who watch something of their own."""
