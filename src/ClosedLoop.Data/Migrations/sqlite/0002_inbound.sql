-- Mails that came back. The row is what makes each count once: by content, and by the name its source gave it.
-- After the retention the row stays without what is personal, so that a source that shows a mail again is still recognised.
CREATE TABLE inbound_mail (
    mail_id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    size INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    client_id INTEGER,
    mailing_id INTEGER,
    sequence INTEGER,
    category INTEGER,
    sender TEXT,
    recipient TEXT,
    subject TEXT,
    detail TEXT,
    path TEXT,
    received_at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    UNIQUE (source, source_key)
);
CREATE INDEX inbound_mail_outcome ON inbound_mail (outcome, mail_id);
CREATE INDEX inbound_mail_received ON inbound_mail (received_at);

-- First delivery after the latest bounce: seven days later the soft counter goes back to 0.
ALTER TABLE bounce_counter ADD COLUMN delivered_at INTEGER;
