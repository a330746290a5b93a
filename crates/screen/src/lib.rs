//! Capture and input behind a grant.
