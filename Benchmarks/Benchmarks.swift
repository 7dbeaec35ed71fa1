// What the parts of the server cost: CPU time for each operation, as one table.

import Foundation

/// `make bench`. With arguments, only the cases whose name begins with one of them.
@main
struct Benchmarks {
    static func main() throws {
        var table = Table(filters: Array(CommandLine.arguments.dropFirst()))
        try TextBenchmarks().run(&table)
        RoomBenchmarks().run(&table)
        try AccountBenchmarks().run(&table)
        try StoreBenchmarks().run(&table)
        try ArchiveBenchmarks().run(&table)
    }
}
