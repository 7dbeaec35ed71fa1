// swift-tools-version: 6.1
// The house: every target imports only what stands below it (ARCHITECTURE.md, "The targets").
import PackageDescription

/// Imports are private by default and a file imports what it uses, so the compiler checks the graph below.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library target of the house.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A test target that mirrors a target of the house.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "parlance",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "parlance", targets: ["parlance"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CMalloc"),

        room("XML", ["CExpat"]),
        room("XMPP", ["XML", "CIDN2"]),
        room("Streams", ["XML", "XMPP", crypto, cryptoExtras, collections]),
        room("Rooms", ["XML", "XMPP", crypto, cryptoExtras, collections]),
        room("DialectKit", ["XML", "XMPP", "Rooms"]),
        room("Groupchat", ["XML", "XMPP", "Rooms", "DialectKit"]),
        room("MUC", ["XML", "XMPP", "Rooms", "DialectKit"]),
        room("MIX", ["XML", "XMPP", "Rooms", "DialectKit"]),
        room("Storage", []),
        room("Host", ["XML", "XMPP", "Rooms", "DialectKit", "Storage", collections, logging]),
        room(
            "Accounts", ["XML", "XMPP", "Streams", "Rooms", "DialectKit", "Storage", "Host", collections, logging]),
        room(
            "Network",
            [
                "DialectKit", "XMPP", "Streams", "Host", "Accounts", nioCore, nioPosix, nioSSL, nioTLS, x509, asn1,
                crypto, logging,
            ]),
        room("SQLiteStorage", ["Storage", grdb, crypto]),
        room(
            "Server",
            [
                "CMalloc", "XML", "XMPP", "Rooms", "DialectKit", "Groupchat", "MUC", "MIX", "Storage", "Host",
                "Streams", "Accounts", "Network", "SQLiteStorage", yams, logging, lifecycle, signals, nioCore, nioPosix,
                x509,
                crypto,
            ]),
        .executableTarget(name: "parlance", dependencies: ["Server", arguments], swiftSettings: strict),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "XML", "XMPP", "Streams", "Rooms", "DialectKit", "MUC", "MIX", "Storage", "SQLiteStorage", "Host",
                logging,
            ], path: "Benchmarks", swiftSettings: strict),

        .target(
            name: "ScenarioKit",
            dependencies: [
                "XML", "XMPP", "Streams", "Rooms", "DialectKit", "Groupchat", "MUC", "MIX", "Storage", "Host",
                "Accounts", "Network", "Server", crypto, cryptoExtras, nioCore, nioPosix, nioSSL, nioTLS, collections,
                logging,
            ], path: "Tests/ScenarioKit", swiftSettings: strict),
        .target(
            name: "Simulation",
            dependencies: [
                "ScenarioKit", "XML", "XMPP", "Rooms", "DialectKit", "Groupchat", "Storage", "Host",
            ], path: "Tests/Simulation", exclude: ["README.md"], swiftSettings: strict),
        .executableTarget(
            name: "simulate", dependencies: ["Simulation"], path: "Tests/Simulate", swiftSettings: strict),
        tests("XMLTests", ["XML"]),
        tests("XMPPTests", ["XML", "XMPP"], resources: [.copy("Resources")]),
        tests("StreamsTests", ["XML", "XMPP", "Streams"]),
        tests("RoomsTests", ["XML", "XMPP", "Rooms"]),
        tests("DialectKitTests", ["XML", "XMPP", "Rooms", "DialectKit"]),
        tests("GroupchatTests", ["XML", "XMPP", "Rooms", "DialectKit", "Groupchat"]),
        tests("MUCTests", ["XML", "XMPP", "Rooms", "DialectKit", "MUC"]),
        tests("MIXTests", ["XML", "XMPP", "Rooms", "DialectKit", "MIX"]),
        tests("StorageTests", ["Storage", "SQLiteStorage", grdb]),
        tests(
            "HostTests",
            ["XML", "XMPP", "Rooms", "DialectKit", "MUC", "MIX", "Storage", "Host", "ScenarioKit", logging]),
        tests(
            "ServerTests",
            [
                "XML", "XMPP", "Rooms", "Storage", "Streams", "Host", "Accounts", "Network", "SQLiteStorage", "Server",
                logging,
            ]),
        tests(
            "AccountsTests",
            [
                "XML", "XMPP", "Streams", "Rooms", "DialectKit", "MUC", "Storage", "Host", "Accounts", "ScenarioKit",
                logging,
            ]),
        tests(
            "SimulationTests",
            ["Simulation", "ScenarioKit", "XML", "XMPP", "Rooms", "DialectKit", "Storage", "Host"]),
        tests("ScenarioTests", ["ScenarioKit", "XML", "XMPP", "Rooms", "DialectKit", "Groupchat", "MUC", "MIX"]),
        tests("TidyTests", []),
    ]
)
