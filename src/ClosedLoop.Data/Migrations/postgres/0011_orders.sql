-- XML Delivery (decision 020). An operation shares the numbers of inbound files, so that mailings can name either as their origin.
INSERT INTO id_sequence (name, next) VALUES ('filter', 4000000001);

CREATE TABLE account (
    client_id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL
);

CREATE TABLE account_version (
    client_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    definition TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, version)
);

-- Place of each field in the rows of a user database: only ever added to, so that rows need no rewriting when the definition changes.
CREATE TABLE contact_field (
    client_id BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (client_id, database_id, position)
);

CREATE TABLE contact_sequence (
    client_id BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    next BIGINT NOT NULL,
    PRIMARY KEY (client_id, database_id)
);

-- Rows of user databases. code: twice the operation, plus 1 for its test recipients (XML_DELIVERY_CODE); 0 for rows of no operation.
CREATE TABLE contact (
    client_id BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    row_id BIGINT NOT NULL,
    code BIGINT NOT NULL,
    fields BYTEA NOT NULL,
    PRIMARY KEY (client_id, database_id, row_id)
);
CREATE INDEX contact_code ON contact (client_id, database_id, code);

-- Only of databases whose addresses are unique; in lower case. was_code and was_fields: what an operation that has not ended found in the row.
CREATE TABLE contact_key (
    client_id BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    row_id BIGINT NOT NULL,
    by_code BIGINT NOT NULL,
    was_code BIGINT,
    was_fields BYTEA,
    PRIMARY KEY (client_id, database_id, address)
);
CREATE INDEX contact_key_code ON contact_key (client_id, database_id, by_code);

CREATE TABLE contact_lock (
    client_id BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    holder TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (client_id, database_id)
);

CREATE TABLE auto_filter (
    filter_id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    code BIGINT NOT NULL,
    UNIQUE (client_id, database_id, code)
);

-- status: 0 LOADING, 1 SUCCESS, 2 ERROR, 3 RECOVERED. step: what is done (OperationStep). ended_at: decided; closed: feedback is out as well.
CREATE TABLE operation (
    operation_id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    account_version BIGINT NOT NULL,
    configuration TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    xml_file TEXT COLLATE "C",
    semaphores TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    status BIGINT NOT NULL DEFAULT 0,
    sub_status TEXT COLLATE "C" NOT NULL,
    step BIGINT NOT NULL DEFAULT 0,
    recovered BIGINT NOT NULL DEFAULT 0,
    closed BIGINT NOT NULL DEFAULT 0,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    modified_at BIGINT NOT NULL,
    waits_since BIGINT,
    upload_begun_at BIGINT,
    upload_ended_at BIGINT,
    chunk_at BIGINT,
    rows_read BIGINT NOT NULL DEFAULT 0,
    rows_added BIGINT NOT NULL DEFAULT 0,
    rows_skipped BIGINT NOT NULL DEFAULT 0,
    content_at BIGINT,
    content_hash TEXT COLLATE "C",
    content_text TEXT COLLATE "C",
    report_to TEXT COLLATE "C",
    recorded BIGINT NOT NULL
);
CREATE UNIQUE INDEX operation_running ON operation (client_id, name) WHERE closed = 0;
CREATE INDEX operation_client ON operation (client_id, operation_id);

CREATE TABLE operation_transition (
    operation_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    sub_status TEXT COLLATE "C" NOT NULL,
    message TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (operation_id, ordinal)
);

CREATE TABLE operation_problem (
    operation_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    file TEXT COLLATE "C",
    line BIGINT NOT NULL,
    "column" BIGINT NOT NULL,
    message TEXT COLLATE "C" NOT NULL,
    occurred_at BIGINT NOT NULL,
    PRIMARY KEY (operation_id, ordinal)
);

-- What an operation made: the number is that of the mailing. state: 0 being made, 1 ready (draft), 2 waiting for its time, 3 to be started, 4 started, 5 failed,
-- 6 given up. code: the automatic filter's; NULL takes the saved filter.
CREATE TABLE delivery (
    delivery_id BIGINT PRIMARY KEY,
    operation_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    account_version BIGINT NOT NULL,
    test BIGINT NOT NULL,
    state BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    database_id BIGINT NOT NULL,
    filter_id BIGINT NOT NULL,
    code BIGINT,
    name TEXT COLLATE "C" NOT NULL,
    content_hash TEXT COLLATE "C" NOT NULL,
    remove_duplicates BIGINT NOT NULL,
    transactional BIGINT NOT NULL,
    start_at BIGINT,
    proposed_at BIGINT,
    web_token TEXT COLLATE "C",
    report_to TEXT COLLATE "C",
    report_hours BIGINT,
    reported BIGINT NOT NULL DEFAULT 0,
    reason TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    recorded BIGINT NOT NULL
);
CREATE UNIQUE INDEX delivery_operation ON delivery (operation_id, test) WHERE operation_id > 0;
CREATE INDEX delivery_state ON delivery (client_id, state);

CREATE TABLE delivery_note (
    delivery_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (delivery_id, ordinal)
);

-- Static content published under an address nobody can guess.
CREATE TABLE web_page (
    token TEXT COLLATE "C" PRIMARY KEY,
    client_id BIGINT NOT NULL,
    body BYTEA NOT NULL,
    recorded BIGINT NOT NULL
);
