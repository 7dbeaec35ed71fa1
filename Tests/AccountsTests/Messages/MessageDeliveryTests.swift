// The table of RFC 6121 §8.5 with our picks, a line a situation.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct MessageDeliveryTests {
    struct Line: Sendable, CustomTestStringConvertible {
        let attendance: Delivery.Attendance
        let address: Delivery.Address
        /// For a normal message, chat, groupchat, headline, error.
        let outcomes: [Delivery]

        init(_ attendance: Delivery.Attendance, _ address: Delivery.Address, _ outcomes: Delivery...) {
            self.attendance = attendance
            self.address = address
            self.outcomes = outcomes
        }

        var testDescription: String { "\(attendance), \(address)" }
    }

    static let types: [StanzaType] = [.normal, .chat, .groupchat, .headline, .error]

    /// IM-147 to IM-153, IM-155, IM-289.
    static let lines = [
        Line(.missing, .bare, .refused, .refused, .refused, .dropped, .dropped),
        Line(.missing, .vacant, .refused, .refused, .refused, .dropped, .dropped),
        Line(.away, .bare, .wait, .wait, .refused, .dropped, .dropped),
        Line(.away, .vacant, .refused, .wait, .refused, .dropped, .dropped),
        Line(.away, .connected, .addressed, .addressed, .addressed, .addressed, .addressed),
        Line(.ready, .bare, .everyReady, .everyReady, .refused, .everyReady, .dropped),
        Line(.ready, .vacant, .refused, .everyReady, .refused, .dropped, .dropped),
        Line(.ready, .connected, .addressed, .addressed, .addressed, .addressed, .addressed),
    ]

    @Test(arguments: lines) func table(line: Line) {
        let found = Self.types.map { Delivery(of: $0, to: line.address, line.attendance) }
        #expect(found == line.outcomes)
    }

    @Test func aRoomLearnsThatItsOccupantIsGone() {  // IM-152
        for attendance in [Delivery.Attendance.away, .ready] {
            #expect(Delivery(of: .chat, to: .vacant, attendance, isPrivateFromRoom: true) == .refused)
            #expect(Delivery(of: .chat, to: .connected, attendance, isPrivateFromRoom: true) == .addressed)
        }
    }
}
