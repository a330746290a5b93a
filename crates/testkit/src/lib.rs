//! The stage: displays, people, seeded faults.
