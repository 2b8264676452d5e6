-- Stamp from which a response no longer counts, because a person has read it otherwise. What files of earlier cut-offs said stays as it was.
ALTER TABLE response ADD COLUMN overruled INTEGER;
CREATE INDEX response_overruled ON response (client_id, overruled) WHERE overruled IS NOT NULL;
