-- Blocklist entries with wildcards; single addresses are rows of "suppression".
CREATE TABLE block_pattern (
    client_id BIGINT NOT NULL,
    pattern TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, pattern)
);
