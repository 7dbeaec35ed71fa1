// What is said of a seed in the end: one line, and after a violation all that helps to understand it.

/// The outcome of one seed.
package struct Verdict: Sendable {
    package let seed: UInt64
    package let violation: Violation?
    package let digest: UInt64
    /// One line, without time.
    package let summary: String
    /// After a violation: what was violated, and the last things that happened to those concerned.
    package let details: String
    /// Everything that is kept of the course.
    package let transcript: [String]

    /// Plays a seed.
    ///
    /// - Parameter keeps: how many of the last things that happen are kept.
    package init(seed: UInt64, size: Recipe.Size, fault: Fault? = nil, keeps: Int = 5_000) {
        let recipe = Recipe(seed: seed, size: size)
        let world = World(seed: seed, recipe, fault: fault, keeps: keeps)
        violation = world.run()
        self.seed = seed
        digest = world.digest
        transcript = world.lines
        let facts = [
            "\(recipe.clients) clients", "\(recipe.rooms) rooms", "\(recipe.steps) steps",
            "\(world.writtenRows) rows", "\(world.tally.heard) heard", "\(world.tally.crashes) crashes",
        ]
        let outcome = violation == nil ? "clean" : "VIOLATION of \(violation?.rule ?? "")"
        summary =
            "seed \(seed): \(outcome), \(facts.joined(separator: ", ")), digest \(String(digest, radix: 16))"
        guard let violation else {
            details = ""
            return
        }
        let background = world.background(of: violation).joined(separator: "\n")
        details = "\(violation)\n\n\(background)"
    }
}
