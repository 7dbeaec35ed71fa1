// Comparing and reading bytes in place, without making strings of them.

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension UnsafeRawBufferPointer {
    /// Whether both hold the same bytes.
    @inline(__always)
    func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard count > 0, let mine = baseAddress, let theirs = other.baseAddress else { return true }
        return memcmp(mine, theirs, count) == 0
    }

    /// The `count` bytes from `offset` on; both must lie within this buffer.
    @inline(__always)
    func slice(_ offset: Int, _ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[offset..<offset + count])
    }

    /// A string of these bytes, which are valid UTF-8 wherever this module keeps text.
    @inline(__always)
    var string: String { String(decoding: self, as: UTF8.self) }

    /// The bytes of a C string, and where in it `separator` first stands.
    @inline(__always)
    static func cString(
        _ start: UnsafePointer<CChar>, separator: UInt8
    ) -> (bytes: UnsafeRawBufferPointer, separator: Int?) {
        let count = strlen(start)
        let bytes = UnsafeRawBufferPointer(start: start, count: count)
        guard let found = memchr(start, Int32(separator), count) else { return (bytes, nil) }
        return (bytes, UnsafeRawPointer(found) - UnsafeRawPointer(start))
    }

    /// The bytes of a C string.
    @inline(__always)
    static func cString(_ start: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: strlen(start))
    }
}

extension String {
    /// Calls `body` with this string's UTF-8, without copying where the string is native.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) {
            return result
        }
        return Array(utf8).withUnsafeBytes(body)
    }
}
