-- Delivery lanes that are held back, so that a restart does not run into a relay or a domain that asked for patience.
CREATE TABLE lane (
    name TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by_operator INTEGER NOT NULL
) WITHOUT ROWID;
