-- XML Delivery (decision 020). An operation shares the numbers of inbound files, so that mailings can name either as their origin.
INSERT INTO id_sequence (name, next) VALUES ('filter', 4000000001);

CREATE TABLE account (
    client_id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL
);

CREATE TABLE account_version (
    client_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    definition TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, version)
) WITHOUT ROWID;

-- Place of each field in the rows of a user database: only ever added to, so that rows need no rewriting when the definition changes.
CREATE TABLE contact_field (
    client_id INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (client_id, database_id, position)
) WITHOUT ROWID;

CREATE TABLE contact_sequence (
    client_id INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (client_id, database_id)
) WITHOUT ROWID;

-- Rows of user databases. code: twice the operation, plus 1 for its test recipients (XML_DELIVERY_CODE); 0 for rows of no operation.
CREATE TABLE contact (
    client_id INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    fields BLOB NOT NULL,
    PRIMARY KEY (client_id, database_id, row_id)
) WITHOUT ROWID;
CREATE INDEX contact_code ON contact (client_id, database_id, code);

-- Only of databases whose addresses are unique; in lower case. was_code and was_fields: what an operation that has not ended found in the row.
CREATE TABLE contact_key (
    client_id INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    by_code INTEGER NOT NULL,
    was_code INTEGER,
    was_fields BLOB,
    PRIMARY KEY (client_id, database_id, address)
) WITHOUT ROWID;
CREATE INDEX contact_key_code ON contact_key (client_id, database_id, by_code);

CREATE TABLE contact_lock (
    client_id INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    holder TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (client_id, database_id)
) WITHOUT ROWID;

CREATE TABLE auto_filter (
    filter_id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    UNIQUE (client_id, database_id, code)
);

-- status: 0 LOADING, 1 SUCCESS, 2 ERROR, 3 RECOVERED. step: what is done (OperationStep). ended_at: decided; closed: feedback is out as well.
CREATE TABLE operation (
    operation_id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL,
    account_version INTEGER NOT NULL,
    configuration TEXT NOT NULL,
    name TEXT NOT NULL,
    xml_file TEXT,
    semaphores TEXT NOT NULL,
    host TEXT NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    sub_status TEXT NOT NULL,
    step INTEGER NOT NULL DEFAULT 0,
    recovered INTEGER NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER,
    modified_at INTEGER NOT NULL,
    waits_since INTEGER,
    upload_begun_at INTEGER,
    upload_ended_at INTEGER,
    chunk_at INTEGER,
    rows_read INTEGER NOT NULL DEFAULT 0,
    rows_added INTEGER NOT NULL DEFAULT 0,
    rows_skipped INTEGER NOT NULL DEFAULT 0,
    content_at INTEGER,
    content_hash TEXT,
    content_text TEXT,
    report_to TEXT,
    recorded INTEGER NOT NULL
);
CREATE UNIQUE INDEX operation_running ON operation (client_id, name) WHERE closed = 0;
CREATE INDEX operation_client ON operation (client_id, operation_id);

CREATE TABLE operation_transition (
    operation_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    sub_status TEXT NOT NULL,
    message TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (operation_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE operation_problem (
    operation_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    file TEXT,
    line INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    message TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    PRIMARY KEY (operation_id, ordinal)
) WITHOUT ROWID;

-- What an operation made: the number is that of the mailing. state: 0 being made, 1 ready (draft), 2 waiting for its time, 3 to be started, 4 started, 5 failed,
-- 6 given up. code: the automatic filter's; NULL takes the saved filter.
CREATE TABLE delivery (
    delivery_id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    account_version INTEGER NOT NULL,
    test INTEGER NOT NULL,
    state INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    database_id INTEGER NOT NULL,
    filter_id INTEGER NOT NULL,
    code INTEGER,
    name TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    remove_duplicates INTEGER NOT NULL,
    transactional INTEGER NOT NULL,
    start_at INTEGER,
    proposed_at INTEGER,
    web_token TEXT,
    report_to TEXT,
    report_hours INTEGER,
    reported INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    recorded INTEGER NOT NULL
);
CREATE UNIQUE INDEX delivery_operation ON delivery (operation_id, test) WHERE operation_id > 0;
CREATE INDEX delivery_state ON delivery (client_id, state);

CREATE TABLE delivery_note (
    delivery_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    label TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (delivery_id, ordinal)
) WITHOUT ROWID;

-- Static content published under an address nobody can guess.
CREATE TABLE web_page (
    token TEXT PRIMARY KEY,
    client_id INTEGER NOT NULL,
    body BLOB NOT NULL,
    recorded INTEGER NOT NULL
) WITHOUT ROWID;
