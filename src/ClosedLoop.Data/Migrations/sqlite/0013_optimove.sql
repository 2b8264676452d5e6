-- People a client knows by an id of its own, with the addresses they can be reached at and what they agreed to.
-- consent: 1 opted in, 0 nothing known, -1 opted out. folded_id: the id in lower case, for clients whose ids ignore case.
CREATE TABLE profile (
    client_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    folded_id TEXT NOT NULL,
    email TEXT,
    email_consent INTEGER NOT NULL DEFAULT 0,
    phone TEXT,
    phone_consent INTEGER NOT NULL DEFAULT 0,
    push_consent INTEGER NOT NULL DEFAULT 0,
    attributes TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, external_id)
) WITHOUT ROWID;
CREATE INDEX profile_folded ON profile (client_id, folded_id);

-- Installations of an app: the external id groups them.
CREATE TABLE profile_device (
    client_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    token TEXT NOT NULL,
    platform TEXT NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, external_id, token)
) WITHOUT ROWID;

-- What a mailing is: 0 a copy for a group of a file, 1 a campaign whose recipients have times of their own, 2 one that recipients are added to while it is sent.
ALTER TABLE mailing ADD COLUMN mode INTEGER NOT NULL DEFAULT 0;

-- One connector a client. Secrets are sealed with a key that lies outside the database.
CREATE TABLE optimove_connector (
    client_id INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    definition TEXT NOT NULL,
    api_key BLOB,
    attribute_api_key BLOB,
    engagement_token BLOB,
    app_key BLOB NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    since INTEGER NOT NULL,
    registered_version INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER NOT NULL DEFAULT 0,
    synced_at INTEGER NOT NULL DEFAULT 0,
    missing TEXT
);

-- Hashes of the keys that stand in listener addresses; one that was replaced is good for a while longer.
CREATE TABLE optimove_app_key (
    hash TEXT NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    valid_until INTEGER
) WITHOUT ROWID;

CREATE TABLE optimove_listener (
    client_id INTEGER NOT NULL,
    event_type INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    registered_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (client_id, event_type, channel_id, address)
) WITHOUT ROWID;

-- Templates of ours that Optimove was told of.
CREATE TABLE optimove_template (
    client_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    template_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, channel_id, template_id)
) WITHOUT ROWID;

-- Every call of a listener, durable before it is answered. state: 0 to be worked on, 1 done, 2 dropped, 3 ignored.
CREATE TABLE optimove_event (
    event_id INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    type INTEGER NOT NULL,
    dedup_key TEXT NOT NULL,
    campaign TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    template_id INTEGER,
    customer TEXT,
    occurred_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT,
    raw BLOB NOT NULL
);
CREATE INDEX optimove_event_key ON optimove_event (client_id, dedup_key, received_at);
CREATE INDEX optimove_event_open ON optimove_event (client_id, event_id) WHERE state = 0;
CREATE INDEX optimove_event_received ON optimove_event (received_at);

-- Scheduled campaigns, one row a channel; channel 0 stands for a cancellation of all channels. round: how often its customers were read.
CREATE TABLE optimove_campaign (
    client_id INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    state INTEGER NOT NULL,
    round INTEGER NOT NULL DEFAULT 1,
    again INTEGER NOT NULL DEFAULT 0,
    skip INTEGER NOT NULL DEFAULT 0,
    source INTEGER NOT NULL DEFAULT 0,
    file_id INTEGER NOT NULL DEFAULT 0,
    name TEXT,
    received INTEGER NOT NULL DEFAULT 0,
    planned INTEGER NOT NULL DEFAULT 0,
    control INTEGER NOT NULL DEFAULT 0,
    unknown_user INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    expired INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER NOT NULL DEFAULT 0,
    first_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (client_id, campaign, channel_id)
) WITHOUT ROWID;

-- One row a customer and campaign, written before anything is sent. trigger_key is empty for scheduled campaigns.
CREATE TABLE optimove_send (
    client_id INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    template_id INTEGER NOT NULL,
    customer TEXT NOT NULL,
    trigger_key TEXT NOT NULL,
    state INTEGER NOT NULL,
    mailing_id INTEGER,
    sequence INTEGER,
    due_at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, campaign, channel_id, template_id, customer, trigger_key)
) WITHOUT ROWID;
CREATE INDEX optimove_send_recipient ON optimove_send (mailing_id, sequence);
CREATE INDEX optimove_send_customer ON optimove_send (client_id, customer);

-- Which mailing sends what. ledger_cursor: outcomes recorded up to here have been taken over.
CREATE TABLE optimove_mailing (
    mailing_id INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    template_id INTEGER NOT NULL,
    mode INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ledger_cursor INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX optimove_mailing_campaign ON optimove_mailing (client_id, campaign, channel_id);

-- How far tables of ours have been looked through for Optimove.
CREATE TABLE optimove_cursor (
    name TEXT NOT NULL PRIMARY KEY,
    stamp INTEGER NOT NULL
) WITHOUT ROWID;

-- What happened to a customer, to be told once. state: 0 waits, 1 being posted, 2 posted, 3 in doubt, 4 refused, 5 not to be told.
CREATE TABLE optimove_interaction (
    client_id INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    template_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    customer TEXT NOT NULL,
    trigger_key TEXT NOT NULL,
    label TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    batch_id INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    PRIMARY KEY (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key)
) WITHOUT ROWID;
CREATE INDEX optimove_interaction_open ON optimove_interaction (client_id, state, created_at);

-- Final sums, to be told once a campaign is closed.
CREATE TABLE optimove_total (
    client_id INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    template_id INTEGER NOT NULL,
    metric_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    value INTEGER NOT NULL,
    state INTEGER NOT NULL,
    batch_id INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    PRIMARY KEY (client_id, campaign, channel_id, template_id, metric_id)
) WITHOUT ROWID;

-- Newest value of a customer's attribute that Optimove has not taken yet. batch_id: the request it travels with, 0 for none.
CREATE TABLE optimove_attribute (
    client_id INTEGER NOT NULL,
    customer TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    batch_id INTEGER NOT NULL DEFAULT 0,
    sent_version INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (client_id, customer, field)
) WITHOUT ROWID;
CREATE INDEX optimove_attribute_open ON optimove_attribute (client_id, batch_id, first_at);

-- Requests with attributes and the secret of their call back. state: 0 on its way, 1 taken, 2 confirmed, 3 refused in part, 4 unconfirmed, 5 refused.
CREATE TABLE optimove_batch (
    batch_id INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    customers INTEGER NOT NULL,
    items INTEGER NOT NULL,
    state INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    taken_at INTEGER,
    request_id TEXT
);

-- What Optimove would not take, kept for replay.
CREATE TABLE optimove_dead_letter (
    letter_id INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    customer TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    error TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    replayed_at INTEGER
);

-- Values as they were sent, until the call back has come or its time is over.
CREATE TABLE optimove_batch_item (
    batch_id INTEGER NOT NULL,
    customer TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (batch_id, customer, field)
) WITHOUT ROWID;

-- Fields that Optimove has not opened for updates.
CREATE TABLE optimove_locked_field (
    client_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (client_id, field)
) WITHOUT ROWID;

INSERT INTO id_sequence (name, next) VALUES ('optimove', 1);
