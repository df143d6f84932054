//! Tests for permissions, permission sets and clamping.

mod clamp;
mod names;
mod presets;
mod set;
