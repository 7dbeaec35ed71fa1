// Shows what is said of a path before a data folder is made there.

import Testing

@testable import Server

@Suite struct DataPlaceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func place(_ path: String) -> DataPlace {
        var configuration = ServerConfiguration()
        configuration.data = path
        return DataPlace(configuration)
    }

    @Test(arguments: [
        ("d", "."), ("./data", "."), ("a/b/", "a"), ("/d", "/"), ("/var/lib/parlance", "/var/lib"), ("../d", ".."),
    ])
    func parent(path: String, parent: String) { #expect(DataPlace.parent(of: path) == parent) }

    @Test func problems() throws {
        #expect(place(folder.file("data")).problem == nil)
        #expect(place(folder.file("none/data")).problem?.contains("make that first") == true)
        #expect(place(try folder.write("file", "")).problem?.contains("is not a folder") == true)
        #expect(place(folder.file("file/data")).problem?.contains("is no folder") == true)
    }

    @Test func whatCountsAsData() throws {
        #expect(place(folder.path).problem == nil)
        #expect(!place(folder.path).hasData, "an empty folder")
        try folder.write("control.sock", "")
        #expect(place(folder.path).hasData)
    }
}
