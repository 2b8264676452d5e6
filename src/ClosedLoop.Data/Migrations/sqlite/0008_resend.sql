-- Start time, resend, test sends, retention.

-- Microseconds before which a queued mailing does not start; NULL starts at once.
ALTER TABLE mailing ADD COLUMN start_at INTEGER;

-- How often the mailing was opened again, and when the newest resend began to be sent (NULL while it waits for its turn).
ALTER TABLE mailing ADD COLUMN resends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN resent_at INTEGER;

-- 1: the file came by the test folder.
ALTER TABLE mailing ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbound_file ADD COLUMN test INTEGER NOT NULL DEFAULT 0;

-- 0 kept, 1 being removed, 2 only totals and unsubscribe stubs are left, 3 only totals.
ALTER TABLE mailing ADD COLUMN purged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN purged_at INTEGER;

-- A finished state that a resend took back, with what the resend was about. "reopened" is the stamp of that transaction.
CREATE TABLE mailing_past (
    mailing_id INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    finished_recorded INTEGER NOT NULL,
    selected INTEGER NOT NULL,
    left_out TEXT NOT NULL,
    PRIMARY KEY (mailing_id, reopened)
) WITHOUT ROWID;

-- Stamps: from "taken_back" on the recipient is being sent again, and what came back before no longer counts. A resend that did not
-- reach the recipient (suppressed, cancelled) gives the outcome back at "given_back".
ALTER TABLE ledger_past ADD COLUMN taken_back INTEGER;
ALTER TABLE ledger_past ADD COLUMN given_back INTEGER;

-- Sums of a mailing whose ledger is gone.
CREATE TABLE mailing_total (
    mailing_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    recipients INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, state)
) WITHOUT ROWID;

-- Whom an unsubscribe link means after everything else of its mailing is gone.
CREATE TABLE unsubscribe_stub (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (mailing_id, sequence)
) WITHOUT ROWID;

-- Events are removed by mailing.
CREATE INDEX event_mailing ON event (mailing_id);
