// Settings as bytes: each by its stored key, so that a new setting changes nothing for old rooms.

extension ByteWriter {
    mutating func settings(_ values: [Setting: SettingValue]) {
        list(values.sorted { $0.key.rawValue < $1.key.rawValue }) { writer, line in
            writer.byte(line.key.rawValue)
            writer.value(line.value)
        }
    }

    private mutating func value(_ value: SettingValue) {
        switch value {
        case .flag(let flag): byte(flag ? 1 : 0)
        case .text(let text):
            byte(2)
            self.text(text)
        case .number(nil): byte(3)
        case .number(let number?):
            byte(4)
            signed(Int64(number))
        case .choice(let word):
            byte(5)
            text(word)
        case .roles(let roles):
            byte(6)
            byte(roles.reduce(0) { $0 | 1 << $1.rawValue })
        case .lines(let lines):
            byte(7)
            list(lines) { $0.text($1) }
        }
    }
}

extension ByteReader {
    mutating func settings() throws(CodingFault) -> [Setting: SettingValue] {
        var values: [Setting: SettingValue] = [:]
        for _ in 0..<(try count()) {
            let key = try byte()
            guard let setting = Setting(rawValue: key) else { throw .unknownKind(key) }
            values[setting] = try value()
        }
        return values
    }

    private mutating func value() throws(CodingFault) -> SettingValue {
        switch try byte() {
        case 0: return .flag(false)
        case 1: return .flag(true)
        case 2: return .text(try text())
        case 3: return .number(nil)
        case 4: return .number(Int(try signed()))
        case 5: return .choice(try text())
        case 6:
            let bits = try byte()
            guard bits < 16 else { throw .unknownKind(bits) }
            return .roles(Set(Role.allCases.filter { bits & 1 << $0.rawValue != 0 }))
        case 7: return .lines(try list { reader throws(CodingFault) in try reader.text() })
        case let other: throw .unknownKind(other)
        }
    }
}
