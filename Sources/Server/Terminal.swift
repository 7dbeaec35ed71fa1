// Lines on the terminal: written whole and at once, and harmless whatever they quote.

import Foundation

/// Standard output and standard error, a line at a time, without a buffer in between.
public enum Terminal {
    public static func say(_ line: String) { write(line, to: STDOUT_FILENO) }

    public static func complain(_ line: String) { write(line, to: STDERR_FILENO) }

    private static func write(_ line: String, to file: Int32) {
        let bytes = Array((line + "\n").utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 { done += count } else if errno != EINTR { return }
        }
    }
}
