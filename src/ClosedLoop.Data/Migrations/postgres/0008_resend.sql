-- Start time, resend, test sends, retention.

-- Microseconds before which a queued mailing does not start; NULL starts at once.
ALTER TABLE mailing ADD COLUMN start_at BIGINT;

-- How often the mailing was opened again, and when the newest resend began to be sent (NULL while it waits for its turn).
ALTER TABLE mailing ADD COLUMN resends BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN resent_at BIGINT;

-- 1: the file came by the test folder.
ALTER TABLE mailing ADD COLUMN test BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbound_file ADD COLUMN test BIGINT NOT NULL DEFAULT 0;

-- 0 kept, 1 being removed, 2 only totals and unsubscribe stubs are left, 3 only totals.
ALTER TABLE mailing ADD COLUMN purged BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN purged_at BIGINT;

-- A finished state that a resend took back, with what the resend was about. "reopened" is the stamp of that transaction.
CREATE TABLE mailing_past (
    mailing_id BIGINT NOT NULL,
    reopened BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    finished_recorded BIGINT NOT NULL,
    selected BIGINT NOT NULL,
    left_out TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (mailing_id, reopened)
);

-- Stamps: from "taken_back" on the recipient is being sent again, and what came back before no longer counts. A resend that did not
-- reach the recipient (suppressed, cancelled) gives the outcome back at "given_back".
ALTER TABLE ledger_past ADD COLUMN taken_back BIGINT;
ALTER TABLE ledger_past ADD COLUMN given_back BIGINT;

-- Sums of a mailing whose ledger is gone.
CREATE TABLE mailing_total (
    mailing_id BIGINT NOT NULL,
    state BIGINT NOT NULL,
    recipients BIGINT NOT NULL,
    PRIMARY KEY (mailing_id, state)
);

-- Whom an unsubscribe link means after everything else of its mailing is gone.
CREATE TABLE unsubscribe_stub (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (mailing_id, sequence)
);

-- Events are removed by mailing.
CREATE INDEX event_mailing ON event (mailing_id);
