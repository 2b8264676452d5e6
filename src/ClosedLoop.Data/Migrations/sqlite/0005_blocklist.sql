-- Blocklist entries with wildcards; single addresses are rows of "suppression".
CREATE TABLE block_pattern (
    client_id INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, pattern)
) WITHOUT ROWID;
