//! People's stories.
