// The messages a SCRAM client sends, read byte by byte (RFC 5802 §5, §7).

/// What a client says of channel binding (RFC 5802 §7, gs2-cbind-flag).
enum ScramBindingFlag: Sendable, Equatable {
    /// `n`: the client does not know channel binding.
    case unsupported
    /// `y`: it does, and believes that we do not.
    case notOffered
    /// `p=`: it uses this type.
    case used(String)
}

/// client-first-message.
struct ScramClientFirst: Sendable, Equatable {
    /// The GS2 header as it was sent, trailing comma included: the final message repeats it.
    let header: [UInt8]
    let flag: ScramBindingFlag
    let authorization: String?
    let username: String
    let nonce: [UInt8]
    /// client-first-message-bare.
    let bare: [UInt8]

    /// Reads a message. Nil where it breaks the grammar or has an extension we must understand (`m=`).
    init?(_ message: [UInt8]) {
        let parts = message.split(separator: comma, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let flag = Self.flag(parts[0]) else { return nil }
        if parts[1].isEmpty {
            authorization = nil
        } else {
            guard let value = ScramField.value("a", parts[1]), let name = ScramField.name(value) else { return nil }
            authorization = name
        }
        let fields = parts[2].split(separator: comma, omittingEmptySubsequences: false)
        guard fields.count >= 2,
            let user = ScramField.value("n", fields[0]), let username = ScramField.name(user),
            let nonce = ScramField.value("r", fields[1]), ScramField.isPrintable(nonce),
            fields.dropFirst(2).allSatisfy(ScramField.isExtension)
        else { return nil }
        header = Array(parts[0]) + [comma] + Array(parts[1]) + [comma]
        self.flag = flag
        self.username = username
        self.nonce = Array(nonce)
        bare = Array(parts[2])
    }

    private static func flag(_ bytes: ArraySlice<UInt8>) -> ScramBindingFlag? {
        if bytes.elementsEqual("n".utf8) { return .unsupported }
        if bytes.elementsEqual("y".utf8) { return .notOffered }
        guard let name = ScramField.value("p", bytes), let text = String(validating: name, as: UTF8.self) else {
            return nil
        }
        return .used(text)
    }
}

/// client-final-message.
struct ScramClientFinal: Sendable, Equatable {
    /// What `c=` decodes to: GS2 header and channel binding data.
    let binding: [UInt8]
    let nonce: [UInt8]
    let proof: [UInt8]
    /// client-final-message-without-proof.
    let withoutProof: [UInt8]

    /// Reads a message. Nil where it breaks the grammar.
    init?(_ message: [UInt8]) {
        let fields = message.split(separator: comma, omittingEmptySubsequences: false)
        guard fields.count >= 3,
            let channel = ScramField.value("c", fields[0]), let binding = Base64.decode(channel),
            let nonce = ScramField.value("r", fields[1]), ScramField.isPrintable(nonce),
            let signature = ScramField.value("p", fields[fields.count - 1]), let proof = Base64.decode(signature),
            fields[2..<(fields.count - 1)].allSatisfy(ScramField.isExtension)
        else { return nil }
        self.binding = binding
        self.nonce = Array(nonce)
        self.proof = proof
        withoutProof = Array(message.dropLast(fields[fields.count - 1].count + 1))
    }
}

private let comma = UInt8(ascii: ",")

/// One `letter=value` of a SCRAM message.
private enum ScramField {
    /// The value of the field named `letter`; nil if `bytes` is another field or has no value.
    static func value(_ letter: Unicode.Scalar, _ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.count > 2, bytes.starts(with: [UInt8(ascii: letter), UInt8(ascii: "=")]) else { return nil }
        return bytes.dropFirst(2)
    }

    /// A saslname: UTF-8 in which `=2C` and `=3D` stand for comma and equals sign.
    static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        var out: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                out.append(byte)
                continue
            }
            if rest.starts(with: "2C".utf8) {
                out.append(comma)
            } else if rest.starts(with: "3D".utf8) {
                out.append(UInt8(ascii: "="))
            } else {
                return nil
            }
            rest = rest.dropFirst(2)
        }
        guard !out.contains(0) else { return nil }
        return String(validating: out, as: UTF8.self)
    }

    /// Whether these are ASCII characters from '!' to '~', as a nonce has them.
    static func isPrintable(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether this is an optional extension: a letter other than `m`, and a value.
    static func isExtension(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count > 2, let letter = bytes.first, bytes[bytes.startIndex + 1] == UInt8(ascii: "=") else {
            return false
        }
        return Unicode.Scalar(letter).properties.isAlphabetic && letter < 0x80 && letter != UInt8(ascii: "m")
    }
}
