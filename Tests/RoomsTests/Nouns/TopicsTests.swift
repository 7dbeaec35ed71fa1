// Nodes as a set.

import Testing

@testable import Rooms

@Suite("Topics")
struct TopicsTests {
    @Test("Every node is one bit of its own, those of a room's own apart from those of the documents")
    func bits() {
        let own = (0..<Topics.ownNodes).map(Topics.own)
        let all = Topics.standard.each + own
        #expect(all.allSatisfy { $0.each == [$0] } && Set(all.map(\.rawValue)).count == all.count)
        #expect(Topics.everything.isSuperset(of: Topics(all)) && Topics.standard.isDisjoint(with: Topics(own)))
        #expect(Topics.standard.each.first == .messages && Topics([]).each.isEmpty)
    }
}
