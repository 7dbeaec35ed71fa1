// The frozen name table and a tape's own names.

import Testing

@testable import XML

@Suite struct KnownNamesTests {
    @Test func everyNameIsFoundByItsNumber() {
        let table = KnownNames.table
        #expect(Set(KnownNameList.all).count == KnownNameList.all.count)
        #expect("".withBytes(table.number) == KnownNames.none)
        for name in KnownNameList.all {
            let number = name.withBytes(table.number)
            #expect(number != nil)
            #expect(number.map(table.string) == name)
            #expect(number.map { table.withBytes($0) { $0.string } } == name)
        }
    }

    @Test func otherNamesAreNotFound() {
        for name in KnownNameList.all {
            for other in [name + "x", "x" + name, String(name.dropLast()), String(name.dropFirst())] {
                let isKnown = other.isEmpty || KnownNameList.all.contains(other)
                #expect((other.withBytes(KnownNames.table.number) != nil) == isKnown, "\(other)")
            }
        }
    }

    @Test func ownNamesAreStoredOnce() {
        var names = OwnNames()
        var bytes: [UInt8] = []
        for _ in 0..<3 {
            for number in 0..<100 {
                #expect("name\(number)".withBytes { names.number(of: $0, in: &bytes) } == UInt32(number))
            }
        }
        #expect(bytes.count == 10 * 5 + 90 * 6)
        names.reset()
        #expect("name7".withBytes { names.number(of: $0, in: &bytes) } == 0)
    }

    /// A long namespace, used by many elements of different names, is in the tape once.
    @Test func aNamespaceIsNotMultipliedInTheTape() throws {
        let namespace = String(repeating: "n", count: 2_000)
        let children = (0..<100).map { "<p:c\($0)/>" }.joined()
        let element = try Element(parsing: "<a xmlns:p='\(namespace)'>\(children)</a>")
        #expect(element.tape.storage.count < 2_000 + 100 * 60)
    }
}
