-- Who may operate the service, what they did, and what makes looking things up fast (decision 023).

-- role: 0 viewer, 1 operator, 2 admin. password: PBKDF2 with its parameters; NULL for somebody who signs in elsewhere.
-- stamp changes with everything that must end running sessions.
CREATE TABLE operator_user (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    role INTEGER NOT NULL,
    password TEXT,
    stamp TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER,
    created_at INTEGER NOT NULL,
    signed_in_at INTEGER
) WITHOUT ROWID;

-- Only the hash of a key is kept. role bounds what it may do; client_id, when set, whose data it sees.
CREATE TABLE api_key (
    key_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    role INTEGER NOT NULL,
    client_id INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER,
    revoked_at INTEGER
) WITHOUT ROWID;

-- Every action of a person or a program, with what was before and after it as JSON. Rows are added, never changed.
CREATE TABLE audit (
    audit_id INTEGER PRIMARY KEY,
    occurred_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    client_id INTEGER,
    done INTEGER NOT NULL,
    answer TEXT NOT NULL,
    reason TEXT,
    before TEXT,
    after TEXT,
    request_id TEXT
);
CREATE INDEX audit_subject ON audit (subject, audit_id);

-- Answers to requests that carried an Idempotency-Key; status NULL while the first one is under way.
CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER,
    body TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (actor, idempotency_key)
) WITHOUT ROWID;

-- Alarms that somebody has seen; they are shown quietly until the time is over.
CREATE TABLE alarm_note (
    subject TEXT NOT NULL,
    cause TEXT NOT NULL,
    until INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (subject, cause)
) WITHOUT ROWID;

-- Recipients by address: first eight octets of the SHA-256 of the folded address. Filled behind the import, so that the import stays as fast as it is;
-- address_index_mark says how far. What is not in it yet is searched for.
CREATE TABLE address_index (
    hash INTEGER NOT NULL,
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (hash, mailing_id, sequence)
) WITHOUT ROWID;
CREATE TABLE address_index_mark (
    mailing_id INTEGER PRIMARY KEY,
    next_sequence INTEGER NOT NULL,
    complete INTEGER NOT NULL
);

-- Sums of mailings that have ended, so that a list of them need not count their recipients.
CREATE TABLE mailing_figure (
    mailing_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    recipients INTEGER NOT NULL,
    finished_recorded INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, state)
) WITHOUT ROWID;

CREATE INDEX mailing_recipient_base ON mailing (recipient_base);
CREATE INDEX mailing_client ON mailing (client_id, mailing_id);
CREATE INDEX inbound_mail_message ON inbound_mail (mailing_id, sequence);

-- Events of one recipient; serves the mailing alone as well.
CREATE INDEX event_recipient ON event (mailing_id, sequence);
DROP INDEX event_mailing;
