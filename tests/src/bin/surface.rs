//! Writes `tests/surface.json`, from which the Python and Node packages are generated.

fn main() {
    handclasp_tests::golden::write(handclasp_tests::surface::FILE, &handclasp_tests::surface::describe());
}
