// Every event in every dialect and for every kind of reader, as golden files: a change of the wire shows in review.

import Rooms
import Testing

@testable import ScenarioKit

@Suite struct RosettaTests {
    private let golden = Golden(beside: #filePath, folder: "rosetta")

    @Test(arguments: RosettaScene.all)
    func page(_ scene: RosettaScene) throws {
        let text = try scene.page().text
        #expect(text.contains("===="), "nothing happens in \(scene)")
        #expect(!text.contains("NOT XML"))
        let difference = try golden.difference(of: "\(scene.name).txt", from: text)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func everyKindOfEventHasAPage() throws {
        let text = try RosettaScene.all.map { try $0.page().text }.joined()
        let missing = Event.kinds.filter { !text.contains("==== \($0), to ") }
        #expect(missing == [])
    }

    @Test func noFileIsLeftOver() throws {
        for name in golden.names.subtracting(RosettaScene.all.map { "\($0.name).txt" }) {
            try golden.drop(name)
            #expect(!golden.names.contains(name), "\(name) is written by nothing")
        }
    }

    @Test func aDifferenceIsShown() {
        #expect(Golden.difference("a\nb\n", "a\nc\n") == "line 2\n  was: b\n  now: c")
        #expect(Golden.difference("a", "a\nb") == "line 2\n  was: (the end)\n  now: b")
    }
}
