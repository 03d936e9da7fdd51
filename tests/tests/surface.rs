//! The checked-in description of the surface is what the code says.

use handclasp_tests::{golden, surface};

#[test]
fn the_checked_in_surface_is_the_real_one() {
    golden::check(surface::FILE, &surface::describe());
}
