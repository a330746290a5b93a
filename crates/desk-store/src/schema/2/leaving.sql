-- Who leaves a talk reads what was said until then, and nothing more; NULL while there is no end.
ALTER TABLE rights ADD COLUMN to_seq INTEGER;
