-- A device is asked for a code of the second factor again after so many days; never for 0.
ALTER TABLE firm ADD COLUMN code_days INTEGER NOT NULL DEFAULT 30;
-- When a code was last believed from it; none: when it came in.
ALTER TABLE devices ADD COLUMN proved_at INTEGER;
