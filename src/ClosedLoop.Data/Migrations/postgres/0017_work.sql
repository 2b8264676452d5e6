-- Work that only one silo may do, and what it needs to be gone on with on another one (decision 025).
-- Who does a piece of work: a number that each taking raises, and that every transaction of the work asks for.
CREATE TABLE work_run (
    work TEXT COLLATE "C" PRIMARY KEY,
    epoch BIGINT NOT NULL
);

-- Private copies of an order's files, in parts, until the operation is closed: the silo that made them may never come back.
CREATE TABLE order_copy (
    operation_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    part INTEGER NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (operation_id, name, part)
);
