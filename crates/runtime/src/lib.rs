//! Clock, tasks, back-off, logging.
