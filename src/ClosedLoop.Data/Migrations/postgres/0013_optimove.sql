-- The same tables as SQLite's 0013.
-- People a client knows by an id of its own, with the addresses they can be reached at and what they agreed to.
-- consent: 1 opted in, 0 nothing known, -1 opted out. folded_id: the id in lower case, for clients whose ids ignore case.
CREATE TABLE profile (
    client_id BIGINT NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    folded_id TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C",
    email_consent BIGINT NOT NULL DEFAULT 0,
    phone TEXT COLLATE "C",
    phone_consent BIGINT NOT NULL DEFAULT 0,
    push_consent BIGINT NOT NULL DEFAULT 0,
    attributes TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, external_id)
);
CREATE INDEX profile_folded ON profile (client_id, folded_id);

-- Installations of an app: the external id groups them.
CREATE TABLE profile_device (
    client_id BIGINT NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    token TEXT COLLATE "C" NOT NULL,
    platform TEXT COLLATE "C" NOT NULL,
    retired BIGINT NOT NULL DEFAULT 0,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, external_id, token)
);

-- What a mailing is: 0 a copy for a group of a file, 1 a campaign whose recipients have times of their own, 2 one that recipients are added to while it is sent.
ALTER TABLE mailing ADD COLUMN mode BIGINT NOT NULL DEFAULT 0;

-- One connector a client. Secrets are sealed with a key that lies outside the database.
CREATE TABLE optimove_connector (
    client_id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    definition TEXT COLLATE "C" NOT NULL,
    api_key BYTEA,
    attribute_api_key BYTEA,
    engagement_token BYTEA,
    app_key BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    since BIGINT NOT NULL,
    registered_version BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try BIGINT NOT NULL DEFAULT 0,
    synced_at BIGINT NOT NULL DEFAULT 0,
    missing TEXT COLLATE "C"
);

-- Hashes of the keys that stand in listener addresses; one that was replaced is good for a while longer.
CREATE TABLE optimove_app_key (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL,
    valid_until BIGINT
);

CREATE TABLE optimove_listener (
    client_id BIGINT NOT NULL,
    event_type BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    registered_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, event_type, channel_id, address)
);

-- Templates of ours that Optimove was told of.
CREATE TABLE optimove_template (
    client_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, channel_id, template_id)
);

-- Every call of a listener, durable before it is answered. state: 0 to be worked on, 1 done, 2 dropped, 3 ignored.
CREATE TABLE optimove_event (
    event_id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL,
    type BIGINT NOT NULL,
    dedup_key TEXT COLLATE "C" NOT NULL,
    campaign TEXT COLLATE "C" NOT NULL,
    channel_id BIGINT NOT NULL,
    template_id BIGINT,
    customer TEXT COLLATE "C",
    occurred_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    state BIGINT NOT NULL,
    reason TEXT COLLATE "C",
    raw BYTEA NOT NULL
);
CREATE INDEX optimove_event_key ON optimove_event (client_id, dedup_key, received_at);
CREATE INDEX optimove_event_open ON optimove_event (client_id, event_id) WHERE state = 0;
CREATE INDEX optimove_event_received ON optimove_event (received_at);

-- Scheduled campaigns, one row a channel; channel 0 stands for a cancellation of all channels. round: how often its customers were read.
CREATE TABLE optimove_campaign (
    client_id BIGINT NOT NULL,
    campaign TEXT COLLATE "C" NOT NULL,
    channel_id BIGINT NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    state BIGINT NOT NULL,
    round BIGINT NOT NULL DEFAULT 1,
    again BIGINT NOT NULL DEFAULT 0,
    skip BIGINT NOT NULL DEFAULT 0,
    source BIGINT NOT NULL DEFAULT 0,
    file_id BIGINT NOT NULL DEFAULT 0,
    name TEXT COLLATE "C",
    received BIGINT NOT NULL DEFAULT 0,
    planned BIGINT NOT NULL DEFAULT 0,
    control BIGINT NOT NULL DEFAULT 0,
    unknown_user BIGINT NOT NULL DEFAULT 0,
    refused BIGINT NOT NULL DEFAULT 0,
    failed BIGINT NOT NULL DEFAULT 0,
    expired BIGINT NOT NULL DEFAULT 0,
    reason TEXT COLLATE "C",
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try BIGINT NOT NULL DEFAULT 0,
    first_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, campaign, channel_id)
);

-- One row a customer and campaign, written before anything is sent. trigger_key is empty for scheduled campaigns.
CREATE TABLE optimove_send (
    client_id BIGINT NOT NULL,
    campaign TEXT COLLATE "C" NOT NULL,
    channel_id BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    customer TEXT COLLATE "C" NOT NULL,
    trigger_key TEXT COLLATE "C" NOT NULL,
    state BIGINT NOT NULL,
    mailing_id BIGINT,
    sequence BIGINT,
    due_at BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, campaign, channel_id, template_id, customer, trigger_key)
);
CREATE INDEX optimove_send_recipient ON optimove_send (mailing_id, sequence);
CREATE INDEX optimove_send_customer ON optimove_send (client_id, customer);

-- Which mailing sends what. ledger_cursor: outcomes recorded up to here have been taken over.
CREATE TABLE optimove_mailing (
    mailing_id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL,
    campaign TEXT COLLATE "C" NOT NULL,
    channel_id BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    mode BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ledger_cursor BIGINT NOT NULL DEFAULT 0,
    settled BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX optimove_mailing_campaign ON optimove_mailing (client_id, campaign, channel_id);

-- How far tables of ours have been looked through for Optimove.
CREATE TABLE optimove_cursor (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    stamp BIGINT NOT NULL
);

-- What happened to a customer, to be told once. state: 0 waits, 1 being posted, 2 posted, 3 in doubt, 4 refused, 5 not to be told.
CREATE TABLE optimove_interaction (
    client_id BIGINT NOT NULL,
    campaign TEXT COLLATE "C" NOT NULL,
    channel_id BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    customer TEXT COLLATE "C" NOT NULL,
    trigger_key TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    occurred_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    state BIGINT NOT NULL,
    batch_id BIGINT NOT NULL DEFAULT 0,
    reason TEXT COLLATE "C",
    PRIMARY KEY (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key)
);
CREATE INDEX optimove_interaction_open ON optimove_interaction (client_id, state, created_at);

-- Final sums, to be told once a campaign is closed.
CREATE TABLE optimove_total (
    client_id BIGINT NOT NULL,
    campaign TEXT COLLATE "C" NOT NULL,
    channel_id BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    metric_id BIGINT NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    value BIGINT NOT NULL,
    state BIGINT NOT NULL,
    batch_id BIGINT NOT NULL DEFAULT 0,
    reason TEXT COLLATE "C",
    PRIMARY KEY (client_id, campaign, channel_id, template_id, metric_id)
);

-- Newest value of a customer's attribute that Optimove has not taken yet. batch_id: the request it travels with, 0 for none.
CREATE TABLE optimove_attribute (
    client_id BIGINT NOT NULL,
    customer TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    batch_id BIGINT NOT NULL DEFAULT 0,
    sent_version BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (client_id, customer, field)
);
CREATE INDEX optimove_attribute_open ON optimove_attribute (client_id, batch_id, first_at);

-- Requests with attributes and the secret of their call back. state: 0 on its way, 1 taken, 2 confirmed, 3 refused in part, 4 unconfirmed, 5 refused.
CREATE TABLE optimove_batch (
    batch_id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL,
    secret_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    customers BIGINT NOT NULL,
    items BIGINT NOT NULL,
    state BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    taken_at BIGINT,
    request_id TEXT COLLATE "C"
);

-- What Optimove would not take, kept for replay.
CREATE TABLE optimove_dead_letter (
    letter_id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    customer TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C",
    error TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    replayed_at BIGINT
);

-- Values as they were sent, until the call back has come or its time is over.
CREATE TABLE optimove_batch_item (
    batch_id BIGINT NOT NULL,
    customer TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (batch_id, customer, field)
);

-- Fields that Optimove has not opened for updates.
CREATE TABLE optimove_locked_field (
    client_id BIGINT NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (client_id, field)
);

INSERT INTO id_sequence (name, next) VALUES ('optimove', 1);
