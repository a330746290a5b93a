//! Commands, events and views between interface and core.
