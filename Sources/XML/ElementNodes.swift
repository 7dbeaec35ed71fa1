// What is in an element: its children, and its children and text in order.

/// A child element, or text between children.
public enum Node: Sendable, Equatable {
    /// A child with everything in it.
    case element(Element)
    /// Character data. What an element holds has no two texts next to each other, and no empty one.
    case text(String)

    fileprivate init(_ tape: Tape, _ index: Int) {
        let node = tape.node(index)
        if node.isText {
            self = .text(tape.withBytes(node.first, node.count) { $0.string })
        } else {
            self = .element(Element(tape, index))
        }
    }
}

/// Walks over what is directly in an element, from one node to the next in constant time.
struct NodeWalk: Sendable {
    let tape: Tape
    private var position: Int
    private let end: Int

    init(_ element: Element) {
        tape = element.tape
        position = element.index + 1
        end = Int(element.record.end)
    }

    /// The next node's place in the tape.
    @inline(__always)
    mutating func advance() -> Int? {
        guard position < end else { return nil }
        defer { position = Int(tape.node(position).end) }
        return position
    }
}

extension Element {
    /// The child elements in order; text is passed over.
    public var children: Children { Children(walk: NodeWalk(self)) }

    /// The child elements and texts in order.
    public var nodes: Nodes { Nodes(walk: NodeWalk(self)) }

    /// The child elements of an element.
    public struct Children: Sequence, Sendable {
        fileprivate let walk: NodeWalk

        /// Starts at the first child.
        public func makeIterator() -> Iterator { Iterator(walk: walk) }

        /// Walks over children.
        public struct Iterator: IteratorProtocol, Sendable {
            fileprivate var walk: NodeWalk

            /// The next child, if there is one.
            public mutating func next() -> XML.Element? {
                while let index = walk.advance() {
                    if !walk.tape.node(index).isText { return XML.Element(walk.tape, index) }
                }
                return nil
            }
        }
    }

    /// The child elements and texts of an element.
    public struct Nodes: Sequence, Sendable {
        fileprivate let walk: NodeWalk

        /// Starts at the first node.
        public func makeIterator() -> Iterator { Iterator(walk: walk) }

        /// Walks over nodes.
        public struct Iterator: IteratorProtocol, Sendable {
            fileprivate var walk: NodeWalk

            /// The next node, if there is one.
            public mutating func next() -> Node? {
                walk.advance().map { Node(walk.tape, $0) }
            }
        }
    }
}
