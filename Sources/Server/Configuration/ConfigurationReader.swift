// From a YAML file and the environment to a configuration, or to one line that says what is wrong.

import Foundation
import Rooms
import Yams

extension ServerConfiguration {
    /// Reads a file, if one is given, and the environment over it. Relative paths in a file start at its folder.
    ///
    /// - Parameters:
    ///   - path: the file; nil: the configuration without a file.
    ///   - environment: variables; those beginning with `PARLANCE_` override scalars.
    public static func load(
        _ path: String?, environment: [String: String] = [:]
    ) throws(ConfigurationFault) -> ServerConfiguration {
        guard let path else { return try read("", from: "the configuration", folder: "", environment: environment) }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            let problem =
                FileManager.default.fileExists(atPath: path)
                ? "cannot be read: check that it is a file and its permissions"
                : "there is no such file: check the path after --config"
            throw ConfigurationFault(.wholeFile(path), problem)
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw ConfigurationFault(.wholeFile(path), "is not UTF-8 text: save it as UTF-8")
        }
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) + "/" : ""
        return try read(text, from: path, folder: folder, environment: environment)
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - file: its name in refusals.
    ///   - folder: where relative paths start: empty, or ending with `/`.
    static func read(
        _ text: String, from file: String, folder: String = "", environment: [String: String] = [:]
    ) throws(ConfigurationFault) -> ServerConfiguration {
        var configuration = ServerConfiguration()
        var reading = ConfigurationReading(file: file)
        if let root = try compose(text, file), root.null == nil {
            try ConfigurationKeys.all.read(root, "", into: &configuration, &reading)
        }
        configuration.data = resolve(configuration.data, folder)
        configuration.tls.certificate = configuration.tls.certificate.map { resolve($0, folder) }
        configuration.tls.key = configuration.tls.key.map { resolve($0, folder) }
        reading.environment = environment.filter { $0.key.hasPrefix("PARLANCE_") }
        try ConfigurationKeys.all.override("", &configuration, &reading)
        configuration.unknownVariables = reading.environment.keys
            .filter { name in !configuration.components.contains { $0.secretVariable == name } }
            .filter { $0 != configuration.attach.secretVariable }.sorted()
        try configuration.check(reading)
        configuration.notServed = configuration.namesNotServed(reading)
        return configuration
    }

    private static func resolve(_ path: String, _ folder: String) -> String {
        if folder.isEmpty || path.hasPrefix("/") { return path }
        return folder + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
    }

    private static func compose(_ text: String, _ file: String) throws(ConfigurationFault) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw fault(error, file)
        } catch {
            throw ConfigurationFault(.wholeFile(file), "is not YAML: check its quotes, brackets and indentation")
        }
    }

    private static func fault(_ error: YamlError, _ file: String) -> ConfigurationFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ConfigurationFault(
                .file(file, line: mark.line, column: mark.column),
                "not YAML (\(problem)): check quotes, brackets and indentation there")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "\"\($0)\"" }.joined(separator: ", ")
            return ConfigurationFault(
                .file(file, line: context.mark.line, column: context.mark.column),
                "\(names) stands twice in one table: remove one")
        default:
            return ConfigurationFault(.wholeFile(file), "is not YAML: check that it is text in UTF-8")
        }
    }

    // MARK: What single keys cannot know

    private func check(_ reading: ConfigurationReading) throws(ConfigurationFault) {
        func refuse(_ problem: String) -> ConfigurationFault { ConfigurationFault(.wholeFile(reading.file), problem) }
        if tls.certificate == nil, tls.key != nil {
            throw refuse("`tls.key` is given without `tls.certificate`: give both, or neither")
        }
        if tls.certificate != nil, tls.key == nil {
            throw refuse("`tls.certificate` is given without `tls.key`: give both, or neither")
        }
        var names: Set<String> = []
        var domains: Set<String> = [domain]
        var index = 0  // of the domain among those of all services
        for service in services {
            guard names.insert(service.name).inserted else {
                throw refuse("two services are named \"\(service.name)\": give each `services[].name` once")
            }
            if service.domains.isEmpty { throw refuse("service \"\(service.name)\" has no domain: name one") }
            for plan in service.domains {
                guard domains.insert(plan.domain).inserted else {
                    throw reading.fault(
                        "services[].domains[].domain", index,
                        "domain \"\(plan.domain)\" is used twice: each domain belongs to one place")
                }
                guard Set(plan.dialects).count == plan.dialects.count, !plan.dialects.isEmpty else {
                    throw reading.fault(
                        "services[].domains[].dialects", index,
                        "`dialects` of \"\(plan.domain)\" names none, or one twice: name each once")
                }
                index += 1
            }
        }
    }
}
