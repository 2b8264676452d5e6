-- People whose consent may have changed, for the connector to look at. person: an address when by_address is 1, otherwise an external id. medium: 0 mail, 1 SMS, 2 push.
CREATE TABLE optimove_consent (
    client_id INTEGER NOT NULL,
    person TEXT NOT NULL,
    by_address INTEGER NOT NULL,
    medium INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, person, by_address, medium)
) WITHOUT ROWID;

-- What Optimove is to know of a customer's consent to a channel. decided: stamp of the decision, the newest of which holds. state: 0 waits, 1 told, 2 refused.
CREATE TABLE optimove_preference (
    client_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    customer TEXT NOT NULL,
    opted_in INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT,
    PRIMARY KEY (client_id, channel_id, customer)
) WITHOUT ROWID;
CREATE INDEX optimove_preference_open ON optimove_preference (client_id, state, created_at);

-- Opt-outs that were to be told with the results they came with.
INSERT INTO optimove_preference (client_id, channel_id, customer, opted_in, decided, created_at, state)
SELECT client_id, channel_id, customer, 0, MAX(created_at), MAX(created_at), 0 FROM optimove_interaction WHERE event_id = 4 AND state = 0 GROUP BY client_id, channel_id, customer;

-- Whose an address is.
CREATE INDEX profile_email ON profile (client_id, lower(email));
CREATE INDEX profile_phone ON profile (client_id, phone);
