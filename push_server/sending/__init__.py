"""From a row of the ledger to an answer of a push service."""
