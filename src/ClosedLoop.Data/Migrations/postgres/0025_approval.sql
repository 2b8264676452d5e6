-- People who have said yes to what takes more than one of them: file/12, delivery/71000000002. Gone when it is decided; the audit keeps who it was.
CREATE TABLE approval (
    subject TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    given_at BIGINT NOT NULL,
    PRIMARY KEY (subject, person)
);

-- Few at any time, and asked for at each look into a folder.
CREATE INDEX inbound_file_held ON inbound_file (client_id) WHERE state = 10;

-- Whose hand a key is, where two people have to decide. Keys of before are nobody's.
ALTER TABLE api_key ADD COLUMN person TEXT COLLATE "C";
