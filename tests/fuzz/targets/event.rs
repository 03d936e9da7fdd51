#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| (handclasp_tests::fuzz::target("event").holds)(data));
