// Whether a stanza is the one a scenario describes, and if not, why not.

package import XML

/// Why a stanza is not the one described: the place in it, and what is wrong there.
package struct Mismatch: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
}

extension ElementPattern {
    /// Compares a whole stanza. Its `type` must be the one written, and none where none is written; its other
    /// attributes may be more than written, its children only where `…` stands among them.
    ///
    /// - Returns: the bindings with everything captured.
    package func matchStanza(_ stanza: Element, _ bindings: Bindings) throws(Mismatch) -> Bindings {
        let isTypeWritten = attributes.contains { $0.name == "type" }
        let isUsual = stanza.name == "message" && stanza["type"] == "normal"
        if !isTypeWritten, let type = stanza["type"], !isUsual {
            throw Mismatch(description: "<\(stanza.name)/> has type '\(type)', and no type was described")
        }
        return try match(stanza, bindings, in: "")
    }

    /// Whether something that fits stands anywhere in `element`.
    package func isAnywhere(in element: Element, _ bindings: Bindings) -> Bool {
        if (try? match(element, bindings, in: "")) != nil { return true }
        return element.children.contains { isAnywhere(in: $0, bindings) }
    }

    private func match(_ element: Element, _ bindings: Bindings, in place: String) throws(Mismatch) -> Bindings {
        let here = "\(place)<\(element.name)>"
        guard var found = name.match(element.name, bindings) else {
            throw Mismatch(description: "\(place)<\(element.name)/> is not <\(name.description)/>")
        }
        guard let named = namespace.match(element.namespace, found) else {
            throw Mismatch(description: "\(here) is in \(element.namespace), not in \(namespace.description)")
        }
        found = named
        for attribute in attributes {
            guard let value = element.attribute(attribute.name, in: attribute.namespace) else {
                throw Mismatch(description: "\(here) has no attribute \(attribute.name)")
            }
            guard let matched = attribute.value.match(value, found) else {
                let wanted = attribute.value.description
                throw Mismatch(description: "\(here) \(attribute.name)='\(value)' is not '\(wanted)'")
            }
            found = matched
        }
        found = try matchText(element, found, here)
        return try matchChildren(children[...], Array(element.children), found, here)
    }

    private func matchText(_ element: Element, _ bindings: Bindings, _ here: String) throws(Mismatch) -> Bindings {
        guard let text else { return bindings }
        let found = children.isEmpty ? element.text : element.text.withoutOuterSpace
        guard let matched = text.match(found, bindings) else {
            throw Mismatch(description: "\(here) says \"\(found)\", not \"\(text.description)\"")
        }
        return matched
    }

    /// Every described child is a different child of the element, in any order.
    private func matchChildren(
        _ wanted: ArraySlice<ElementPattern>, _ left: [Element], _ bindings: Bindings, _ here: String
    ) throws(Mismatch) -> Bindings {
        guard let first = wanted.first else {
            if text == nil || left.isEmpty { return bindings }
            throw Mismatch(description: "\(here) has more than was described: \(left[0])")
        }
        var reason: Mismatch?
        for (index, candidate) in left.enumerated() {
            do throws(Mismatch) {
                let found = try first.match(candidate, bindings, in: here)
                var rest = left
                rest.remove(at: index)
                return try matchChildren(wanted.dropFirst(), rest, found, here)
            } catch {
                let isNearer = first.name.match(candidate.name, bindings) != nil
                if reason == nil || isNearer { reason = error }
            }
        }
        let missing = "\(here) has no fitting <\(first.name.description)/>"
        throw Mismatch(description: reason.map { "\(missing): \($0.description)" } ?? missing)
    }
}
