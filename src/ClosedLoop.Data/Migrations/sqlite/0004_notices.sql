-- Mail to the people who run campaigns: written with what it tells of, sent afterwards, kept as a record.
-- state: 0 waits, 1 sent, 2 given up.
CREATE TABLE notice (
    notice_id INTEGER PRIMARY KEY,
    cause TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    reason TEXT,
    recorded INTEGER NOT NULL,
    UNIQUE (cause, address)
);
CREATE INDEX notice_due ON notice (state, due_at);
