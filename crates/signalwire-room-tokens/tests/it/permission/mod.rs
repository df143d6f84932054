//! Permissions, permission sets, and clamping of untrusted lists.

mod clamp;
mod names;
mod presets;
mod set;
