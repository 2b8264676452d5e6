-- The same tables as SQLite's 0001: whole numbers are bigint, texts compare by their bytes.
-- Times are microseconds since 1970-01-01T00:00:00Z. "recorded" is the stamp of the transaction that wrote the row:
-- strictly increasing, so that a cut-off between two stamps divides everything exactly once.

CREATE TABLE id_sequence (
    name TEXT COLLATE "C" PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO id_sequence (name, next) VALUES
    ('mailing', 71000000001), ('list', 58000000001), ('recipient', 25000000001), ('link', 44000000000),
    ('file', 1), ('export', 1);

CREATE TABLE client (
    client_id BIGINT PRIMARY KEY,
    client_key TEXT COLLATE "C" NOT NULL UNIQUE,
    version BIGINT NOT NULL
);

CREATE TABLE client_version (
    client_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    definition TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, version)
);

CREATE TABLE source_mailing (
    source_id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE source_mailing_version (
    source_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    definition TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (source_id, version)
);

CREATE TABLE content (
    hash TEXT COLLATE "C" PRIMARY KEY,
    body BYTEA NOT NULL
);

CREATE TABLE inbound_file (
    file_id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    state BIGINT NOT NULL,
    records BIGINT NOT NULL DEFAULT 0,
    imported BIGINT NOT NULL DEFAULT 0,
    skipped BIGINT NOT NULL DEFAULT 0,
    warnings BIGINT NOT NULL DEFAULT 0,
    errors BIGINT NOT NULL DEFAULT 0,
    step TEXT COLLATE "C",
    code TEXT COLLATE "C",
    message TEXT COLLATE "C",
    retried BIGINT NOT NULL DEFAULT 0,
    received_at BIGINT NOT NULL,
    claimed_at BIGINT NOT NULL,
    recorded BIGINT NOT NULL
);
CREATE INDEX inbound_file_name ON inbound_file (client_id, name);
CREATE INDEX inbound_file_hash ON inbound_file (client_id, sha256);

CREATE TABLE file_problem (
    file_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    line BIGINT,
    record BIGINT,
    "column" BIGINT,
    code TEXT COLLATE "C" NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    group_key TEXT COLLATE "C",
    message TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (file_id, ordinal)
);

-- What the file said about each group that was imported: written with the recipients, in one transaction.
CREATE TABLE file_group (
    file_id BIGINT NOT NULL,
    mailing_id BIGINT NOT NULL,
    total BIGINT NOT NULL,
    net BIGINT NOT NULL,
    PRIMARY KEY (file_id, mailing_id)
);

CREATE TABLE mailing (
    mailing_id BIGINT PRIMARY KEY,
    campaign_id BIGINT NOT NULL,
    list_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    client_version BIGINT NOT NULL,
    source_id BIGINT NOT NULL,
    source_version BIGINT NOT NULL,
    wave_id BIGINT,
    file_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    state BIGINT NOT NULL,
    content_hash TEXT COLLATE "C",
    recipient_base BIGINT NOT NULL,
    link_base BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    started_recorded BIGINT,
    finished_at BIGINT,
    finished_recorded BIGINT
);
CREATE INDEX mailing_file ON mailing (file_id);
CREATE INDEX mailing_state ON mailing (state, source_id);

-- What was said of a recipient (written once) and what happens to them (small, rewritten) stand apart:
-- a claim or a result then touches a page of a hundred ledger rows, not a page of ten addresses.
CREATE TABLE recipient (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    fields BYTEA NOT NULL,
    PRIMARY KEY (mailing_id, sequence)
);

CREATE TABLE ledger (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    state BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    done_at BIGINT,
    recorded BIGINT,
    reply_code BIGINT,
    reason TEXT COLLATE "C",
    PRIMARY KEY (mailing_id, sequence)
);

-- Outcomes that were taken back (a resend): needed to say what was known at an earlier cut-off.
CREATE TABLE ledger_past (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    state BIGINT NOT NULL,
    done_at BIGINT,
    reply_code BIGINT,
    reason TEXT COLLATE "C",
    PRIMARY KEY (mailing_id, sequence, recorded)
);

-- Partitions by day of "recorded", made by event_partition() a day ahead. The numbers come from a sequence of their own, because a partitioned table
-- has no identity columns before PostgreSQL 17.
CREATE SEQUENCE event_number;
CREATE TABLE event (
    event_id BIGINT NOT NULL DEFAULT nextval('event_number'),
    kind BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    link_ordinal BIGINT NOT NULL,
    automated BIGINT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    browser TEXT COLLATE "C",
    platform TEXT COLLATE "C",
    device TEXT COLLATE "C",
    PRIMARY KEY (event_id, recorded)
) PARTITION BY RANGE (recorded);
CREATE INDEX event_recorded ON event (recorded);

-- Attached rather than created as a partition: that needs no lock which a running export would hold up. day: days since 1970-01-01.
CREATE FUNCTION event_partition(day BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    part TEXT := 'event_' || to_char(DATE '1970-01-01' + day::int, 'YYYYMMDD');
BEGIN
    IF to_regclass(quote_ident(part)) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING DEFAULTS)', part);
        EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', part, day * 86400000000, (day + 1) * 86400000000);
    END IF;
END $$;

-- Drops partitions that retention has emptied. One that a reader is using stays for another day.
CREATE FUNCTION event_partitions_drop(today BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    part TEXT;
    used BOOLEAN;
BEGIN
    FOR part IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'event'::regclass AND c.relname < 'event_' || to_char(DATE '1970-01-01' + today::int - 31, 'YYYYMMDD')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', part) INTO used;
        CONTINUE WHEN used;
        BEGIN
            LOCK TABLE event IN ACCESS EXCLUSIVE MODE NOWAIT;
            EXECUTE format('DROP TABLE %I', part);
        EXCEPTION WHEN lock_not_available THEN
            RETURN;
        END;
    END LOOP;
END $$;

-- How far each spool has been stored: written in the transaction that stores its events.
CREATE TABLE spool_position (
    spool TEXT COLLATE "C" PRIMARY KEY,
    segment BIGINT NOT NULL,
    position BIGINT NOT NULL
);

CREATE TABLE response (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    category BIGINT NOT NULL,
    occurred_at BIGINT NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C",
    PRIMARY KEY (mailing_id, sequence, recorded, ordinal)
);
CREATE INDEX response_recorded ON response (recorded);

CREATE TABLE suppression (
    client_id BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    kind BIGINT NOT NULL,
    reason TEXT COLLATE "C",
    mailing_id BIGINT,
    sequence BIGINT,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, address, kind)
);

CREATE TABLE bounce_counter (
    client_id BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    hard BIGINT NOT NULL,
    soft BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, address)
);

CREATE TABLE export_run (
    run_id BIGINT PRIMARY KEY,
    scope TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    cut_from BIGINT NOT NULL,
    cut_to BIGINT NOT NULL,
    published BIGINT NOT NULL DEFAULT 0,
    manifest TEXT COLLATE "C",
    recorded BIGINT NOT NULL
);
CREATE UNIQUE INDEX export_run_cut ON export_run (scope, cut_to);

-- Addresses on lists of people are held in lower case (A to Z only, as SQLite's NOCASE compares), so that plain equality finds them.
CREATE FUNCTION fold_address() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    NEW.address := lower(NEW.address COLLATE "C");
    RETURN NEW;
END $$;
CREATE TRIGGER suppression_fold BEFORE INSERT OR UPDATE OF address ON suppression FOR EACH ROW EXECUTE FUNCTION fold_address();
CREATE TRIGGER bounce_counter_fold BEFORE INSERT OR UPDATE OF address ON bounce_counter FOR EACH ROW EXECUTE FUNCTION fold_address();

-- A claim or a result changes no indexed column: with room on its page it costs no index entry.
ALTER TABLE ledger SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- What only this database needs, see docs/decisions/017-two-databases.md. The sequence gives stamps, under a lock that each writer holds to the end of
-- its transaction; a mark is how a writer that lost its connection during COMMIT finds out what became of it.
CREATE SEQUENCE write_stamp;
CREATE TABLE write_mark (
    stamp BIGINT PRIMARY KEY,
    writer UUID NOT NULL
);
CREATE FUNCTION begin_write(lock BIGINT, writer UUID, now BIGINT) RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
    given BIGINT;
BEGIN
    PERFORM pg_advisory_xact_lock(lock);
    given := setval('write_stamp', GREATEST(nextval('write_stamp'), now));
    INSERT INTO write_mark VALUES (given, writer);
    RETURN given;
END $$;
