// Whether a string is the name of an element or attribute.

import CExpat

enum NameCheck {
    /// Whether `name` is an NCName (Namespaces in XML 1.0 §3): a name without a colon.
    static func isName(_ name: UnsafeRawBufferPointer) -> Bool {
        guard let first = name.first, startsName(first) else { return false }
        var isASCII = first < 0x80
        for byte in name.dropFirst() {
            guard startsName(byte) || isLaterOnly(byte) else { return false }
            if byte >= 0x80 { isASCII = false }
        }
        return isASCII || expatAccepts(name)
    }

    /// Letters and the underscore; of other than ASCII characters expat is asked.
    private static func startsName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: byte >= 0x80
        }
    }

    private static func isLaterOnly(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// What expat accepts is what peers can send: a name read from them may be used to build, any other may not.
    private static func expatAccepts(_ name: UnsafeRawBufferPointer) -> Bool {
        guard let parser = XML_ParserCreate("UTF-8") else { return false }
        defer { XML_ParserFree(parser) }
        let document = [UInt8(ascii: "<")] + name + [UInt8(ascii: "/"), UInt8(ascii: ">")]
        return document.withUnsafeBytes { raw in
            let text = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            return XML_Parse(parser, text, Int32(clamping: raw.count), 1) == XML_STATUS_OK
        }
    }
}
