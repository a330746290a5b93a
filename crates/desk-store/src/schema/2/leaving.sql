-- Who leaves a talk reads what was said until then, and nothing more; NULL while there is no end.
ALTER TABLE rights ADD COLUMN to_seq INTEGER;
-- What a former member could read when a look began: it is so again when the look ends.
ALTER TABLE rights ADD COLUMN kept_from INTEGER;
ALTER TABLE rights ADD COLUMN kept_to INTEGER;
