//! The desk's store.
