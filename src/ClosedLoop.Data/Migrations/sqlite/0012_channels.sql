-- SMS and push beside mail (decision 022).

-- 0 mail, 1 SMS, 2 push.
ALTER TABLE mailing ADD COLUMN channel INTEGER NOT NULL DEFAULT 0;

-- Messages that a provider has taken under an id of its own: what a receipt that names the id is about. A long SMS has an id for each of its parts.
CREATE TABLE channel_message (
    provider TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    address TEXT NOT NULL COLLATE NOCASE,
    parts INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (provider, provider_id)
) WITHOUT ROWID;
CREATE INDEX channel_message_mailing ON channel_message (mailing_id, sequence);
CREATE INDEX channel_message_address ON channel_message (client_id, address, recorded);

-- What providers reported of single messages, once each. A receipt may come before the outcome it is about is recorded: mailing_id is NULL until then.
-- state: 1 delivered, 2 failed for good, 3 failed this time.
CREATE TABLE channel_receipt (
    provider TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    state INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    mailing_id INTEGER,
    sequence INTEGER,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (provider, provider_id, state)
) WITHOUT ROWID;
CREATE INDEX channel_receipt_mailing ON channel_receipt (mailing_id, sequence);
CREATE INDEX channel_receipt_recorded ON channel_receipt (recorded);

-- Messages that were reported delivered or failed, all parts taken together: one row each, never changed. sent: "recorded" of the message, which a resend has another of.
CREATE TABLE channel_outcome (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, sequence, sent)
) WITHOUT ROWID;
CREATE INDEX channel_outcome_recorded ON channel_outcome (recorded);
