-- Several devices of one customer, and receipts of messages whose answer never came (decision 028).

-- How many recipients of the mailing stand for the customer, beginning with "sequence": his devices.
ALTER TABLE optimove_send ADD COLUMN devices BIGINT NOT NULL DEFAULT 1;
UPDATE optimove_send SET devices = COALESCE(
        (SELECT MIN(n.sequence) FROM optimove_send n WHERE n.mailing_id = optimove_send.mailing_id AND n.sequence > optimove_send.sequence),
        (SELECT MAX(l.sequence) + 1 FROM ledger l WHERE l.mailing_id = optimove_send.mailing_id), sequence + 1) - sequence
WHERE mailing_id IN (SELECT mailing_id FROM mailing WHERE channel = 2);
CREATE INDEX profile_device_token ON profile_device (client_id, token);

-- What a receipt says of itself: our own name of the message, and which of its parts it is about.
ALTER TABLE channel_receipt ADD COLUMN reference TEXT COLLATE "C";
ALTER TABLE channel_receipt ADD COLUMN part BIGINT NOT NULL DEFAULT 1;
ALTER TABLE channel_receipt ADD COLUMN parts BIGINT NOT NULL DEFAULT 1;
CREATE INDEX channel_receipt_reference ON channel_receipt (client_id, reference) WHERE reference IS NOT NULL AND mailing_id IS NULL;

-- SMS that were handed over and of which no answer came, by the names that a receipt may have for them. recorded: as in channel_message; settled: stamp of what ended the doubt.
CREATE TABLE channel_doubt (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    resends BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    short_reference TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    settled BIGINT,
    PRIMARY KEY (mailing_id, sequence, resends, attempt)
);
CREATE INDEX channel_doubt_reference ON channel_doubt (client_id, reference);
CREATE INDEX channel_doubt_short ON channel_doubt (client_id, short_reference);
CREATE INDEX channel_doubt_settled ON channel_doubt (client_id, settled) WHERE settled IS NOT NULL;
