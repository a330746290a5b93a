//! The opora-desk program.
