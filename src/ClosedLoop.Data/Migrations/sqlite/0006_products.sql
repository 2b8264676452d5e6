-- Product data by client (decision 011). A row is in force from from_version up to, but not at, to_version; what is in force now ends at
-- 9223372036854775807. kind: 0 products, 1 mapping, 2 recommendations.
CREATE TABLE product_row (
    client_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    from_version INTEGER NOT NULL,
    to_version INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (client_id, kind, id, from_version)
) WITHOUT ROWID;
CREATE INDEX product_row_end ON product_row (client_id, to_version);

-- version: in force, one number for all three kinds. loading: that of a file being taken over, whose rows nobody sees yet.
CREATE TABLE product_catalogue (
    client_id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    loading INTEGER
);

-- What made each version.
CREATE TABLE product_version (
    client_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY (client_id, version)
) WITHOUT ROWID;

-- Versions that mailings were copied with.
CREATE TABLE product_pin (
    mailing_id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX product_pin_version ON product_pin (client_id, version);
