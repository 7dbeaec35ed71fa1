// When two elements say the same.

extension Element: Equatable {
    /// Whether name, namespace, attributes in any order, and all nodes within are equal, byte by byte.
    public static func == (left: Element, right: Element) -> Bool {
        let (leftEnd, rightEnd) = (Int(left.record.end), Int(right.record.end))
        guard leftEnd - left.index == rightEnd - right.index else { return false }
        for offset in 0..<(leftEnd - left.index) {
            let (one, other) = (left.index + offset, right.index + offset)
            let (mine, theirs) = (left.tape.node(one), right.tape.node(other))
            guard Int(mine.end) - one == Int(theirs.end) - other, mine.isText == theirs.isText else { return false }
            if mine.isText {
                guard sameBytes(left.tape, mine.first, mine.count, right.tape, theirs.first, theirs.count) else {
                    return false
                }
            } else {
                guard sameName(left.tape, mine.name, right.tape, theirs.name),
                    sameName(left.tape, mine.namespace, right.tape, theirs.namespace),
                    sameAttributes(left.tape, mine, right.tape, theirs)
                else { return false }
            }
        }
        return true
    }

    private static func sameName(_ left: Tape, _ one: UInt32, _ right: Tape, _ other: UInt32) -> Bool {
        if (one | other) & Tape.ownName == 0 { return one == other }
        return left.withName(one) { right.name(other, equals: $0) }
    }

    private static func sameBytes(
        _ left: Tape, _ start: UInt32, _ count: UInt32, _ right: Tape, _ otherStart: UInt32, _ otherCount: UInt32
    ) -> Bool {
        left.withBytes(start, count) { mine in
            right.withBytes(otherStart, otherCount) { mine.equals($0) }
        }
    }

    /// Names are unique within an element, so equal counts and every one of the left found right is equality.
    private static func sameAttributes(
        _ left: Tape, _ one: Tape.NodeRecord, _ right: Tape, _ other: Tape.NodeRecord
    ) -> Bool {
        guard one.count == other.count else { return false }
        return (one.first..<one.first + one.count).allSatisfy { number in
            let mine = left.attribute(Int(number))
            return (other.first..<other.first + other.count).contains { candidate in
                let theirs = right.attribute(Int(candidate))
                return sameName(left, mine.name, right, theirs.name)
                    && sameName(left, mine.namespace, right, theirs.namespace)
                    && sameBytes(left, mine.start, mine.count, right, theirs.start, theirs.count)
            }
        }
    }
}
