// Comparison of secrets.

import Testing

@testable import Streams

struct ConstantTimeTests {
    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false),
            ([1, 2], [0, 2], false),
            ([1], [1, 2], false), ([1, 2], [1], false), ([0x80], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func comparesAllBytes(left: [UInt8], right: [UInt8], equal: Bool) {
        #expect(equalInConstantTime(left, right) == equal)
    }
}
