// Paging through long results: the request for a page, and what the answer says about it.
public import XML

/// Result set management (XEP-0059): the two uses of its `set` element.
public enum ResultSet {
    /// Why a request for a page cannot be understood.
    public enum Fault: Error, Sendable, Equatable {
        /// Not a `set` element of XEP-0059.
        case notASet
        /// This element does not hold a whole number from 0 up.
        case badNumber(String)
    }

    /// Which page is wanted. With nothing set: the first, as long as the answerer likes.
    public struct Request: Sendable, Equatable {
        /// At most this many items, from 0 up; 0 asks only for the count (XEP-0059 §2.7).
        public var max: Int?
        /// The items after the one with this id (XEP-0059 §2.2).
        public var after: String?
        /// The items before the one with this id (XEP-0059 §2.3); empty for the last page (XEP-0059 §2.5).
        public var before: String?
        /// The items from this place on, the first being 0 (XEP-0059 §2.6).
        public var index: Int?

        /// Makes a request.
        public init(max: Int? = nil, after: String? = nil, before: String? = nil, index: Int? = nil) {
            self.max = max
            self.after = after
            self.before = before
            self.index = index
        }

        /// Reads a `set` element. An empty `after` means the start, as none does.
        public init(reading element: Element) throws(Fault) {
            guard element.is("set", NS.rsm) else { throw .notASet }
            max = try ResultSet.number("max", in: element)
            index = try ResultSet.number("index", in: element)
            let after = element.child("after", NS.rsm)?.text
            self.after = after == "" ? nil : after
            before = element.child("before", NS.rsm)?.text
        }

        /// Whether items are counted from the end of the set or from a known item backwards.
        public var isBackward: Bool { before != nil }

        /// The `set` element.
        public var element: Element {
            Element("set", NS.rsm) {
                max.map { max in Element("max", NS.rsm) { String(max) } }
                after.map { id in Element("after", NS.rsm) { id } }
                before.map { id in Element("before", NS.rsm) { id } }
                index.map { index in Element("index", NS.rsm) { String(index) } }
            }
        }
    }

    /// Which page was sent. An empty page has neither `first` nor `last`.
    public struct Answer: Sendable, Equatable {
        /// The id of the first item on the page.
        public var first: String?
        /// The place of that item in the whole set, from 0 up; may be approximate.
        public var index: Int?
        /// The id of the last item on the page.
        public var last: String?
        /// How many items the whole set has; may be approximate.
        public var count: Int?

        /// Makes an answer.
        public init(first: String? = nil, index: Int? = nil, last: String? = nil, count: Int? = nil) {
            self.first = first
            self.index = index
            self.last = last
            self.count = count
        }

        /// Reads a `set` element; nil if it is none. Numbers that are none are left out.
        public init?(reading element: Element) {
            guard element.is("set", NS.rsm) else { return nil }
            let first = element.child("first", NS.rsm)
            self.first = first?.text
            index = first?["index"].flatMap(ResultSet.number)
            last = element.child("last", NS.rsm)?.text
            count = try? ResultSet.number("count", in: element)
        }

        /// The `set` element.
        public var element: Element {
            Element("set", NS.rsm) {
                first.map { id in Element("first", NS.rsm, ["index": index.map { String($0) }]) { id } }
                last.map { id in Element("last", NS.rsm) { id } }
                count.map { count in Element("count", NS.rsm) { String(count) } }
            }
        }
    }

    private static func number(_ name: String, in element: Element) throws(Fault) -> Int? {
        guard let child = element.child(name, NS.rsm) else { return nil }
        guard let number = number(child.text) else { throw .badNumber(name) }
        return number
    }

    private static func number(_ text: String) -> Int? {
        Int(text.trimmedOfXMLSpace).flatMap { $0 >= 0 ? $0 : nil }
    }
}
