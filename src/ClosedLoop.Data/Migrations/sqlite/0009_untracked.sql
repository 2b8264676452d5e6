-- People who are written to but not followed: their opens and clicks are not stored.
CREATE TABLE untracked (
    client_id INTEGER NOT NULL,
    address TEXT NOT NULL COLLATE NOCASE,
    reason TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, address)
) WITHOUT ROWID;
