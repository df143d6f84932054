//! Single permissions, sets of them, and lists that somebody else wrote.

mod clamp;
mod names;
mod presets;
mod set;
