//! What the demo reads: the files and their rows, apart from the program so that tests can try any file.

pub mod input;
pub mod table;
