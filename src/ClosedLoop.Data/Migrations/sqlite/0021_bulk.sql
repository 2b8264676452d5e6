-- Actions on many things at once: what was asked, and what came of each thing. Jobs go thirty days after they ended.
CREATE TABLE bulk_job (
    job_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    client TEXT,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    scope INTEGER,
    reason TEXT NOT NULL,
    total INTEGER NOT NULL,
    state INTEGER NOT NULL,
    undo_of INTEGER,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
);

CREATE TABLE bulk_item (
    job_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    outcome INTEGER NOT NULL,
    answer TEXT,
    PRIMARY KEY (job_id, position)
) WITHOUT ROWID;
