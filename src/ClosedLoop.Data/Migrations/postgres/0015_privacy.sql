-- Whom a client must not write to because the person was erased (decision 024): a keyed hash in place of the address.
-- key_id: which key made the hash. objected: the person had unsubscribed, or was blocked or untracked, which holds whatever the settings say.
CREATE TABLE erased_person (
    client_id BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    key_id TEXT COLLATE "C" NOT NULL,
    objected BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, hash)
);
