//! The client's SQLite: vault and cache.
