"""What is to be said. Sources (``noon``, ``closure``) say what should stand at a moment,
``reconcile`` compares that with what stands; both are pure. ``announcer`` carries it out."""
