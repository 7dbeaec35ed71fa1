// PRECIS profiles against an independent implementation, the Python package precis-i18n.

import Foundation
import Testing
import XMPP

/// The table is made by Scripts/precis-table.py, which describes its form.
@Suite struct PRECISTableTests {
    static func table() throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Resources/precis", withExtension: "tsv"))
        return try String(contentsOf: url, encoding: .ascii)
    }

    @Test func agreesWithPrecisI18n() throws {
        let table = try Self.table()
        var rows = 0
        var differences: [String] = []
        var exceptions = 0
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let input = text(fields[0])
            rows += 1
            for (profile, field) in zip(Profile.allCases, fields.dropFirst()) {
                let expected =
                    field == "=" ? outcome(input) : field.hasPrefix("!") ? String(field) : outcome(text(field))
                let actual = profile.result(input)
                if actual == expected { continue }
                if profile == .username, actual == "!", input.unicodeScalars.contains(where: isHalfwidthHangul) {
                    exceptions += 1
                } else {
                    differences.append("\(profile) \(fields[0]): \(actual), not \(expected)")
                }
            }
        }
        #expect(rows > 20_000)
        #expect(exceptions == 17)
        #expect(differences == [])
    }

    /// What comes out as an address is one, and prepared: read again it is itself, octet for octet.
    @Test func addressesStayWhatTheyAre() throws {
        var addresses = 0
        for (row, line) in try Self.table().split(separator: "\n").enumerated() where row % 7 == 0 {
            let part = text(line.prefix { $0 != "\t" })
            let made = [
                try? JID(part), try? JID("\(part)@d/\(part)"), try? JID(local: part, domain: "d", resource: nil),
                try? JID(local: nil, domain: part, resource: nil), try? JID("d").with(resource: part),
            ]
            for jid in made.compactMap({ $0 }) {
                addresses += 1
                let again = try JID(jid.description)
                #expect(again.description.utf8.elementsEqual(jid.description.utf8))
                #expect((again.local, again.domain, again.resource) == (jid.local, jid.domain, jid.resource))
                #expect(try JID(local: jid.local, domain: jid.domain, resource: jid.resource) == jid)
            }
        }
        #expect(addresses > 5_000)
    }

    /// The profiles in the order of the columns.
    enum Profile: CaseIterable {
        case username, opaque, nickname, nicknameKey

        /// The prepared text as hexadecimal code points, or the fault.
        func result(_ input: String) -> String {
            do throws(PRECISFault) {
                switch self {
                case .username: return outcome(try PRECIS.usernameCaseMapped(input))
                case .opaque: return outcome(try PRECIS.opaqueString(input))
                case .nickname: return outcome(try PRECIS.nickname(input))
                case .nicknameKey: return outcome(try PRECIS.nicknameKey(input))
                }
            } catch {
                switch error {
                case .empty: return "!empty"
                case .tooLong: return "!tooLong"
                case .forbidden, .direction: return "!"
                case .unstable: return "!unstable"
                }
            }
        }
    }
}

/// The one known difference. RFC 8264 §5.2.1 maps a halfwidth character to its decomposition mapping: U+FFA1 to
/// U+3131, which an identifier cannot hold. precis-i18n takes form KC for the mapping and comes to the conjoining
/// U+1100, so that halfwidth letters which happen to form a syllable pass.
private func isHalfwidthHangul(_ scalar: Unicode.Scalar) -> Bool { (0xffa0...0xffdc).contains(scalar.value) }

/// A text as the table writes it.
private func outcome(_ text: String) -> String {
    text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
}

/// A text of the table.
private func text(_ field: Substring) -> String {
    var view = String.UnicodeScalarView()
    view.append(
        contentsOf: field.split(separator: " ").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) })
    return String(view)
}
