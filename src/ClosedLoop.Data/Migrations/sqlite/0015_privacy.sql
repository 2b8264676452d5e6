-- Whom a client must not write to because the person was erased (decision 024): a keyed hash in place of the address.
-- key_id: which key made the hash. objected: the person had unsubscribed, or was blocked or untracked, which holds whatever the settings say.
CREATE TABLE erased_person (
    client_id INTEGER NOT NULL,
    hash TEXT NOT NULL,
    key_id TEXT NOT NULL,
    objected INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, hash)
) WITHOUT ROWID;
