-- What installation this database belongs to and when it was last in use (decision 016). One row.
-- beat: number of the newest sign of life, also in the data folder; a folder that is ahead of its database has got an older one.
-- held_at: since when nothing is claimed, until an operator has confirmed.
CREATE TABLE instance (
    instance_id TEXT COLLATE "C" PRIMARY KEY,
    beat BIGINT NOT NULL,
    alive_at BIGINT NOT NULL,
    held_at BIGINT,
    held_reason TEXT COLLATE "C",
    confirmed_at BIGINT,
    confirmed_reason TEXT COLLATE "C"
);

-- What is wrong now; a row goes when it is no longer so. scope: the check that raised it and takes it back.
CREATE TABLE alarm (
    scope TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    client_id BIGINT,
    message TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (scope, subject, cause)
);

-- Newest run of each check.
CREATE TABLE check_run (
    name TEXT COLLATE "C" PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    looked BIGINT NOT NULL,
    found BIGINT NOT NULL
);
