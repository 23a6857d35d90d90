import Addressing
import Declarations
import Policy

extension BaselineReader {
    private static var keys: [String] {
        [
            "name", "workload", "count", "first", "last", "fan_out", "bytes_per_minute", "omitted", "addresses",
            "destinations", "callers", "names", "listeners",
        ]
    }

    /// A profile of which the workload is known, and the rest still to be read.
    struct Draft {
        let workload: Workload
        let fields: MappingFields
    }

    /// Who it is of: all of them are known before the rest is read, as that speaks of them.
    mutating func begin(_ node: YAMLNode, _ path: String) -> Draft? {
        guard let fields = fields(of: node, path: path, keys: Self.keys) else { return nil }
        let name = required("name", of: fields, .workloadName)
        guard let inner = fields["workload"] else {
            note(fields.place, path, "wants the key workload, with what it is")
            return nil
        }
        guard let workload = workload(of: inner, fields.path("workload")), let name else { return nil }
        if workloads[name] != nil { note(fields.place, path, "has two of the name \(Quoted.text(name))") }
        if !known.insert(workload).inserted { note(fields.place, path, "has two of one workload") }
        workloads[name] = workload
        return Draft(workload: workload, fields: fields)
    }

    private mutating func workload(of node: YAMLNode, _ path: String) -> Workload? {
        let keys = ["image", "namespace", "pod", "segment", "labels"]
        guard let fields = fields(of: node, path: path, keys: keys) else { return nil }
        var workload = Workload()
        workload.image = value("image", of: fields, .name("the name of an image"))
        workload.namespace = value("namespace", of: fields, .name("the name of a namespace"))
        workload.pod = value("pod", of: fields, .name("the name of a pod"))
        workload.segment = value("segment", of: fields, .name("the name of a network"))
        if let node = fields["labels"],
            let labels = self.fields(of: node, path: fields.path("labels"), keys: Workload.labelKeys)
        {
            for key in Workload.labelKeys {
                guard let text = value(key, of: labels, .name("the value of a label")) else { continue }
                workload.labels.append(Workload.Label(key: key, value: text))
            }
        }
        guard workload != Workload() else {
            if fields.isWhole { note(fields.place, path, "wants one of \(keys.joined(separator: ", "))") }
            return nil
        }
        return workload
    }

    mutating func profile(_ draft: Draft) -> Profile? {
        let fields = draft.fields
        guard let seen = seen(in: fields) else { return nil }
        var profile = Profile(draft.workload, seen)
        profile.fanOut = value("fan_out", of: fields, Self.count) ?? 0
        profile.bytesPerMinute = value("bytes_per_minute", of: fields, Self.count) ?? 0
        if let node = fields["omitted"] { profile.lacks = lacks(of: node, fields.path("omitted")) }
        profile.addresses = addresses(in: fields, limit: BaselineBounds.addresses)
        profile.destinations = peers("destinations", of: fields)
        profile.callers = peers("callers", of: fields)
        profile.names = facts("names", of: fields, keys: ["name"]) { reader, fields, seen in
            reader.required("name", of: fields, .lookedUpName).map { Profile.Name($0, seen) }
        }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        profile.listeners = facts("listeners", of: fields, keys: ["protocol", "port"]) { reader, fields, seen in
            reader.service(in: fields).map { Profile.Listener($0, seen) }
        }
        .sorted { $0.service < $1.service }
        return profile
    }

    private mutating func lacks(of node: YAMLNode, _ path: String) -> Profile.Lacks {
        var lacks = Profile.Lacks()
        guard let fields = fields(of: node, path: path, keys: ["destinations", "names", "listeners"]) else {
            return lacks
        }
        lacks.destinations = value("destinations", of: fields, Self.count) ?? 0
        lacks.names = value("names", of: fields, Self.count) ?? 0
        lacks.listeners = value("listeners", of: fields, Self.count) ?? 0
        return lacks
    }

    private mutating func addresses(in fields: MappingFields, limit: Int) -> [IPAddress] {
        (values("addresses", of: fields, limit: limit, .address) ?? []).sorted()
    }

    private mutating func peers(_ name: String, of fields: MappingFields) -> [Profile.Peer] {
        let keys = ["workload", "name", "network", "place", "protocol", "port", "addresses"]
        return facts(name, of: fields, keys: keys) { reader, fields, seen in
            let place = reader.place(in: fields)
            guard let service = reader.service(in: fields), let place else { return nil }
            let addresses = reader.addresses(in: fields, limit: BaselineBounds.addressesOfPlace)
            return Profile.Peer(Exchange(place, service), seen, addresses: addresses)
        }
        .sorted { $0.exchange < $1.exchange }
    }

    /// The elements of a list of facts, each with how often it was seen.
    private mutating func facts<Fact>(
        _ name: String,
        of fields: MappingFields,
        keys: [String],
        _ make: (inout Self, MappingFields, Occurrence) -> Fact?
    ) -> [Fact] {
        let path = fields.path(name)
        guard let elements = elements(name, of: fields, limit: BaselineBounds.factsOfProfile) else { return [] }
        var facts: [Fact] = []
        for element in elements {
            guard let inner = self.fields(of: element, path: path, keys: keys + ["count", "first", "last"]),
                let seen = seen(in: inner), let fact = make(&self, inner, seen)
            else { continue }
            facts.append(fact)
        }
        return facts
    }

    private mutating func service(in fields: MappingFields) -> Service? {
        guard let number = required("protocol", of: fields, .protocolNumber) else { return nil }
        let port = value("port", of: fields, .integer(0...65_535)).map { UInt16(truncatingIfNeeded: $0) }
        return Service(protocolNumber: number, port: port)
    }

    private mutating func place(in fields: MappingFields) -> Place? {
        let keys = ["workload", "name", "network", "place"].filter { fields[$0] != nil }
        guard keys.count == 1, let key = keys.first else {
            note(fields.place, fields.path, "wants one of workload, name, network, place")
            return nil
        }
        switch key {
        case "workload":
            let notation = Notation<Workload>.word(
                "the name of a profile",
                of: workloads.keys.sorted(),
                workloads: workloads
            )
            return value(key, of: fields, notation).map { .workload($0) }
        case "name": return value(key, of: fields, .lookedUpName).map { .name($0) }
        case "network": return value(key, of: fields, .block).map { .network($0) }
        default: return value(key, of: fields, .word("a place") as Notation<PlaceWord>)?.place
        }
    }
}
