-- Times are microseconds since 1970-01-01T00:00:00Z. "recorded" is the stamp of the transaction that wrote the row:
-- strictly increasing, so that a cut-off between two stamps divides everything exactly once.

CREATE TABLE id_sequence (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
);
INSERT INTO id_sequence (name, next) VALUES
    ('mailing', 71000000001), ('list', 58000000001), ('recipient', 25000000001), ('link', 44000000000),
    ('file', 1), ('export', 1);

CREATE TABLE client (
    client_id INTEGER PRIMARY KEY,
    client_key TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL
);

CREATE TABLE client_version (
    client_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    definition TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, version)
) WITHOUT ROWID;

CREATE TABLE source_mailing (
    source_id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE source_mailing_version (
    source_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    definition TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (source_id, version)
);

CREATE TABLE content (
    hash TEXT PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE inbound_file (
    file_id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    state INTEGER NOT NULL,
    records INTEGER NOT NULL DEFAULT 0,
    imported INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    step TEXT,
    code TEXT,
    message TEXT,
    retried INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    recorded INTEGER NOT NULL
);
CREATE INDEX inbound_file_name ON inbound_file (client_id, name);
CREATE INDEX inbound_file_hash ON inbound_file (client_id, sha256);

CREATE TABLE file_problem (
    file_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    line INTEGER,
    record INTEGER,
    "column" INTEGER,
    code TEXT NOT NULL,
    step TEXT NOT NULL,
    group_key TEXT,
    message TEXT NOT NULL,
    PRIMARY KEY (file_id, ordinal)
) WITHOUT ROWID;

-- What the file said about each group that was imported: written with the recipients, in one transaction.
CREATE TABLE file_group (
    file_id INTEGER NOT NULL,
    mailing_id INTEGER NOT NULL,
    total INTEGER NOT NULL,
    net INTEGER NOT NULL,
    PRIMARY KEY (file_id, mailing_id)
) WITHOUT ROWID;

CREATE TABLE mailing (
    mailing_id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    client_version INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_version INTEGER NOT NULL,
    wave_id INTEGER,
    file_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    state INTEGER NOT NULL,
    content_hash TEXT,
    recipient_base INTEGER NOT NULL,
    link_base INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    started_recorded INTEGER,
    finished_at INTEGER,
    finished_recorded INTEGER
);
CREATE INDEX mailing_file ON mailing (file_id);
CREATE INDEX mailing_state ON mailing (state, source_id);

-- What was said of a recipient (written once) and what happens to them (small, rewritten) stand apart:
-- a claim or a result then touches a page of a hundred ledger rows, not a page of ten addresses.
CREATE TABLE recipient (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    address TEXT NOT NULL,
    fields BLOB NOT NULL,
    PRIMARY KEY (mailing_id, sequence)
) WITHOUT ROWID;

CREATE TABLE ledger (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    state INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER,
    recorded INTEGER,
    reply_code INTEGER,
    reason TEXT,
    PRIMARY KEY (mailing_id, sequence)
) WITHOUT ROWID;

-- Outcomes that were taken back (a resend): needed to say what was known at an earlier cut-off.
CREATE TABLE ledger_past (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    state INTEGER NOT NULL,
    done_at INTEGER,
    reply_code INTEGER,
    reason TEXT,
    PRIMARY KEY (mailing_id, sequence, recorded)
) WITHOUT ROWID;

CREATE TABLE event (
    event_id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    link_ordinal INTEGER NOT NULL,
    automated INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    browser TEXT,
    platform TEXT,
    device TEXT
);
CREATE INDEX event_recorded ON event (recorded);

-- How far each spool has been stored: written in the transaction that stores its events.
CREATE TABLE spool_position (
    spool TEXT PRIMARY KEY,
    segment INTEGER NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE response (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    category INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (mailing_id, sequence, recorded, ordinal)
) WITHOUT ROWID;
CREATE INDEX response_recorded ON response (recorded);

CREATE TABLE suppression (
    client_id INTEGER NOT NULL,
    address TEXT NOT NULL COLLATE NOCASE,
    kind INTEGER NOT NULL,
    reason TEXT,
    mailing_id INTEGER,
    sequence INTEGER,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, address, kind)
) WITHOUT ROWID;

CREATE TABLE bounce_counter (
    client_id INTEGER NOT NULL,
    address TEXT NOT NULL COLLATE NOCASE,
    hard INTEGER NOT NULL,
    soft INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, address)
) WITHOUT ROWID;

CREATE TABLE export_run (
    run_id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    label TEXT NOT NULL,
    cut_from INTEGER NOT NULL,
    cut_to INTEGER NOT NULL,
    published INTEGER NOT NULL DEFAULT 0,
    manifest TEXT,
    recorded INTEGER NOT NULL
);
CREATE UNIQUE INDEX export_run_cut ON export_run (scope, cut_to);
