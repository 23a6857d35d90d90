import Addressing
package import Containers

/// An identity as one JSON object, with everything it knows: what is stored once for many flows.
package enum IdentityText {
    /// The text; `hostName` is that of the monitored host.
    package static func text(of identity: Identity, hostName: String?) -> [UInt8] {
        var json = JSONBuffer(capacity: 512)
        json.beginLine()
        json.pair("kind", identity.kind.rawValue)
        json.pair("method", identity.method?.rawValue)
        json.pair("confidence", identity.confidence.rawValue)
        json.pair("host", hostName)
        if let container = identity.container { json.write(container) }
        json.pair("netns", identity.namespace)
        if let interface = identity.interface {
            let object = json.beginObject("interface")
            json.pair("ifindex", interface.index)
            json.pair("netns", interface.namespace)
            json.end(object)
        }
        json.pair("name", identity.interfaceName)
        json.pair("bridge", identity.bridgeName)
        json.pair("endpoint", identity.endpoint)
        json.write(identity.process)
        let candidates = json.beginArray("candidates")
        for key in identity.candidates {
            let element = json.beginElement()
            json.write(key)
            json.end(element)
        }
        json.end(candidates)
        if identity.isForged { json.pair("forged", true) }
        json.endLine()
        return json.bytes
    }

    /// The identity that a text tells of, and the monitored host's name.
    package static func read(_ text: Span<UInt8>) throws(JournalError.Reason) -> (identity: Identity, hostName: String?)
    {
        let fields = try JournalFields(reading: text)
        return (try identity(fields), try fields.optional("host", String.init(json:)))
    }

    private static func identity(_ fields: JournalFields) throws(JournalError.Reason) -> Identity {
        var identity = Identity(
            kind: try fields.required("kind") { String(json: $0).flatMap(Identity.Kind.init) },
            method: try fields.optional("method") { String(json: $0).flatMap(Identity.Method.init) },
            confidence: try fields.required("confidence") { String(json: $0).flatMap(Identity.Confidence.init) }
        )
        if fields["container"] != nil { identity.container = try fields.container() }
        identity.namespace = try fields.optional("netns", NetworkNamespace.init(json:))
        if fields["interface"] != nil { identity.interface = try fields.object("interface").interfaceKey() }
        identity.interfaceName = try fields.optional("name", String.init(json:))
        identity.bridgeName = try fields.optional("bridge", String.init(json:))
        identity.endpoint = try fields.optional("endpoint", IPAddress.init(json:))
        identity.process = try fields.process()
        identity.candidates =
            try fields.list("candidates") { key throws(JournalError.Reason) in try key.containerKey() } ?? []
        identity.isForged = try fields.optional("forged", Bool.init(json:)) ?? false
        return identity
    }
}

/// A container as one JSON object, with everything that is known of it.
package enum ContainerText {
    package static func text(of container: Container) -> [UInt8] {
        var json = JSONBuffer(capacity: 512)
        json.beginLine()
        json.write(container)
        json.endLine()
        return json.bytes
    }

    package static func read(_ text: Span<UInt8>) throws(JournalError.Reason) -> Container {
        try JournalFields(reading: text).container()
    }
}
