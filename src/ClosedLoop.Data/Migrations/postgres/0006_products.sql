-- Product data by client (decision 011). A row is in force from from_version up to, but not at, to_version; what is in force now ends at
-- 9223372036854775807. kind: 0 products, 1 mapping, 2 recommendations.
CREATE TABLE product_row (
    client_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    from_version BIGINT NOT NULL,
    to_version BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (client_id, kind, id, from_version)
);
CREATE INDEX product_row_end ON product_row (client_id, to_version);

-- version: in force, one number for all three kinds. loading: that of a file being taken over, whose rows nobody sees yet.
CREATE TABLE product_catalogue (
    client_id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    loading BIGINT
);

-- What made each version.
CREATE TABLE product_version (
    client_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, version)
);

-- Versions that mailings were copied with.
CREATE TABLE product_pin (
    mailing_id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX product_pin_version ON product_pin (client_id, version);
