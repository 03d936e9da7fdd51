//! What a process has: descriptors, threads, memory.

use std::fs;

/// How much memory an allocator may come to keep beside, in bytes.
pub(crate) const ROOM: u64 = 4 << 20;

/// How many descriptors (`fd`) or threads (`task`).
pub(crate) fn entries(of: &str) -> usize {
    fs::read_dir(format!("/proc/self/{of}")).expect("Linux tells of a process").count()
}

/// How much memory, in bytes.
pub(crate) fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells of a process");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    let kibibytes: u64 = resident.trim().trim_end_matches(" kB").parse().expect("a size");
    kibibytes << 10
}
