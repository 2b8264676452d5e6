-- A connection to a client's relay that somebody wants to see: ordered, taken by the process that opens the next one, written down as it goes on. Kept for a day.
CREATE TABLE connection_trace (
    trace_id INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    process TEXT,
    ended INTEGER NOT NULL DEFAULT 0,
    lines TEXT NOT NULL DEFAULT '[]'
);
