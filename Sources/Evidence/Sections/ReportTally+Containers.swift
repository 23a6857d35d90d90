import Addressing
import Containers
import Records

/// Who ran, and what waited in them, as the journal tells it.
extension ReportTally {
    var listeners: ReportSection {
        var totals = Totals()
        totals.add(
            "sockets that wait",
            host.isTold ? .count(UInt64(host.listeners.values.count)) : .unknown,
            commands.journal(#""change":"listener""#)
        )
        var table = ReportTable(
            "listeners",
            title: "Sockets that wait",
            [
                ReportColumn("container.name", "where"), ReportColumn("listener.transport", "via"),
                ReportColumn("listener.ip", "address"), .figure("listener.port", "port"),
                ReportColumn("process.name", "process"),
            ]
        )
        let names = owners
        for name in host.listeners.values.keys.sorted() {
            guard let listener = host.listeners.values[name] else { continue }
            table.add(
                [
                    .text(owner(of: listener, names)),
                    .text(TransportKeyword.of(name.protocolNumber) ?? "\(name.protocolNumber)"),
                    .text("\(name.address)"), .number(UInt64(name.port)),
                    listener.process.map { .text($0.name) } ?? .unknown,
                ],
                commands.journal(
                    #""change":"listener".*"iana_number":\#(name.protocolNumber)[,}].*"#
                        + #""port":\#(name.port),"netns":\#(name.namespace.inode)[,}]"#
                )
            )
        }
        var section = section(.listeners, "alerts about listeners", totals, [table])
        if !host.isTold { section.remarks.append(Self.nobodyTells) }
        note(host.listeners.overflows, "listeners", in: &section)
        return section
    }

    /// Containers by their namespaces and by their control groups.
    private var owners: (groups: [UInt64: String], namespaces: [NetworkNamespace: String]) {
        var groups: [UInt64: String] = [:]
        var namespaces: [NetworkNamespace: String] = [:]
        for container in host.containers.values.values.sorted(by: { $0.key > $1.key }) {
            if let group = container.cgroupIdentifier { groups[group] = container.label }
            if let namespace = container.namespace, namespace != host.hostNamespace {
                namespaces[namespace] = container.label
            }
        }
        return (groups, namespaces)
    }

    private func owner(
        of listener: Listener,
        _ owners: (groups: [UInt64: String], namespaces: [NetworkNamespace: String])
    ) -> String {
        if let group = listener.cgroupIdentifier, let name = owners.groups[group] { return name }
        if listener.namespace == host.hostNamespace { return "the host" }
        return owners.namespaces[listener.namespace] ?? "\(listener.namespace)"
    }

    var rogueContainers: ReportSection {
        let containers = host.containers.values.values.sorted {
            $0.label != $1.label ? $0.label < $1.label : $0.key < $1.key
        }
        let strangers = containers.filter { $0.description.runtime == nil && $0.description.image == nil }
        var totals = Totals()
        totals.add(
            "containers that ran",
            host.isTold ? .count(UInt64(containers.count)) : .unknown,
            commands.journal(#""change":"container""#)
        )
        totals.add(
            "of these, containers that no runtime told of",
            host.isTold ? .count(UInt64(strangers.count)) : .unknown,
            commands.journal(#""change":"container""#)?.piped("grep", "-vF", "\"runtime\":")
        )
        var table = ReportTable(
            "containers",
            title: "Containers that ran",
            [
                ReportColumn("container.name", "container"), ReportColumn("container.id", "id"),
                ReportColumn("container.image.name", "image"), ReportColumn("container.runtime", "runtime"),
            ]
        )
        for container in containers {
            let identifier = container.key.identifier
            table.add(
                [
                    .text(container.label), .text(String(identifier.prefix(12))),
                    container.description.image.map { .text($0) } ?? .unknown,
                    container.description.runtime.map { .text($0.rawValue) } ?? .unknown,
                ],
                commands.journal(#""container":\{"id":"\#(PatternText.of(identifier.prefix(12).description))"#)
            )
        }
        var section = section(
            .rogueContainers,
            "alerts: images, routers and DHCP servers that should be none",
            totals,
            [table]
        )
        if !host.isTold { section.remarks.append(Self.nobodyTells) }
        note(host.containers.overflows, "containers", in: &section)
        return section
    }
}
