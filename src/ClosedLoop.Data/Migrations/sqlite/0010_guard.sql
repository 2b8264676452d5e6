-- What installation this database belongs to and when it was last in use (decision 016). One row.
-- beat: number of the newest sign of life, also in the data folder; a folder that is ahead of its database has got an older one.
-- held_at: since when nothing is claimed, until an operator has confirmed.
CREATE TABLE instance (
    instance_id TEXT PRIMARY KEY,
    beat INTEGER NOT NULL,
    alive_at INTEGER NOT NULL,
    held_at INTEGER,
    held_reason TEXT,
    confirmed_at INTEGER,
    confirmed_reason TEXT
);

-- What is wrong now; a row goes when it is no longer so. scope: the check that raised it and takes it back.
CREATE TABLE alarm (
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    cause TEXT NOT NULL,
    client_id INTEGER,
    message TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (scope, subject, cause)
);

-- Newest run of each check.
CREATE TABLE check_run (
    name TEXT PRIMARY KEY,
    checked_at INTEGER NOT NULL,
    looked INTEGER NOT NULL,
    found INTEGER NOT NULL
);
