// How much freed memory the process keeps, so that buffers which come and go with every burst are not mapped anew.

import CMalloc

/// The allocator's habits, set before the loops have threads of their own.
enum FreedMemory {
    /// Freed memory that each thread's heap keeps for what comes next. Bytes; the system's default is 128 KiB, at which
    /// a sixth of a busy room's time goes into page faults.
    private static let keptBytes: Int32 = 16 * 1_048_576
    /// A block of this size or more has pages of its own, and gives them back when it is freed. Bytes; said because
    /// setting the other one stops the allocator from finding it out.
    private static let ownPagesBytes: Int32 = 1_048_576

    /// Answers whether the allocator took both.
    @discardableResult
    static func keep() -> Bool {
        mallopt(M_TRIM_THRESHOLD, keptBytes) == 1 && mallopt(M_MMAP_THRESHOLD, ownPagesBytes) == 1
    }
}
