"""Files to ledger: discovery, tailing, watching, the bulk index, and the price book."""
