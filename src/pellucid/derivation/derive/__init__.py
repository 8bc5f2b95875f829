"""From a trace to a derivation: forward, backward, the update, and the checks that prove each line."""
