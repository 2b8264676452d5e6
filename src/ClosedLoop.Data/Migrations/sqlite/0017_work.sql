-- Work that only one silo may do, and what it needs to be gone on with on another one (decision 025).
-- Who does a piece of work: a number that each taking raises, and that every transaction of the work asks for.
CREATE TABLE work_run (
    work TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL
);

-- Private copies of an order's files, in parts, until the operation is closed. Empty here: database and data folder of one machine are lost together.
CREATE TABLE order_copy (
    operation_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    part INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (operation_id, name, part)
);
