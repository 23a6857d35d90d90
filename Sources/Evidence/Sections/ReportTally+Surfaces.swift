import Containers
import Records

/// Where containers can be reached, as the journal tells it.
extension ReportTally {
    var surfaces: ReportSection {
        var totals = Totals()
        func known(_ count: Int) -> ReportCell { host.isTold ? .count(UInt64(count)) : .unknown }
        totals.add("bridges", known(bridges.count), commands.journal(#""change":"interface".*"kind":"bridge""#))
        totals.add("overlay networks", known(overlays.count), commands.journal(#""change":"interface".*"vni":"#))
        totals.add("published ports", known(published.count), commands.journal(#""published":\["#))
        totals.add(
            "containers on the host's own network",
            known(host.containers.values.values.count { $0.description.usesHostNetwork }),
            commands.journal(#""host_network":true"#)
        )
        var section = ReportSection(.surfaces, [totals.table, bridgeTable, overlayTable, portTable])
        if !host.isTold { section.remarks.append(Self.nobodyTells) }
        note(host.interfaces.overflows, "interfaces", in: &section)
        return section
    }

    static var nobodyTells: String {
        "Unknown: no identity journal is there for the period. A capture needs --identity FILE."
    }

    private var bridges: [Interface] { host.interfaces.values.values.filter { $0.kind == "bridge" }.sorted(by: order) }

    private var overlays: [Interface] {
        host.interfaces.values.values.filter { $0.networkIdentifier != nil }.sorted(by: order)
    }

    private func order(_ left: Interface, _ right: Interface) -> Bool {
        left.name != right.name ? left.name < right.name : left.key < right.key
    }

    private var published: [(container: Container, port: PublishedPort)] {
        host.containers.values.values.flatMap { container in
            (container.description.published ?? []).map { (container, $0) }
        }
        .sorted { left, right in
            left.port != right.port ? left.port < right.port : left.container.key < right.container.key
        }
    }

    /// Lines of the journal that tell of one interface.
    private func lines(of interface: Interface) -> ShellCommand? {
        let (index, namespace) = (interface.key.index, interface.key.namespace.inode)
        return commands.journal(#""change":"interface".*"ifindex":\#(index),"netns":\#(namespace)[,}]"#)
    }

    private var bridgeTable: ReportTable {
        var table = ReportTable(
            "bridges",
            title: "Bridges",
            [ReportColumn("interface.name", "bridge"), .figure("portolan.count", "interfaces on it")]
        )
        for bridge in bridges {
            let ports = host.interfaces.values.values.count {
                $0.key.namespace == bridge.key.namespace && $0.master == bridge.key.index
            }
            table.add([.text(bridge.name), .count(UInt64(ports))], lines(of: bridge))
        }
        return table
    }

    private var overlayTable: ReportTable {
        var table = ReportTable(
            "overlays",
            title: "Overlays",
            [
                ReportColumn("interface.name", "device"), ReportColumn("interface.kind", "kind"),
                .figure("interface.vni", "VNI"), .figure("interface.tunnel_port", "UDP port"),
            ]
        )
        for overlay in overlays {
            table.add(
                [
                    .text(overlay.name), .optional(overlay.kind),
                    overlay.networkIdentifier.map { .number(UInt64($0)) } ?? .absent,
                    overlay.tunnelPort.map { .number(UInt64($0)) } ?? .unknown,
                ],
                lines(of: overlay)
            )
        }
        return table
    }

    private var portTable: ReportTable {
        var table = ReportTable(
            "published_ports",
            title: "Published ports",
            [
                ReportColumn("host.ip", "address"), .figure("host.port", "port"),
                ReportColumn("network.transport", "via"),
                ReportColumn("container.name", "container"), .figure("container.port", "its port"),
            ]
        )
        for (container, port) in published {
            table.add(
                [
                    .text("\(port.address)"), .number(UInt64(port.port)),
                    .text(TransportKeyword.of(port.protocolNumber) ?? "\(port.protocolNumber)"), .text(container.label),
                    .number(UInt64(port.containerPort)),
                ],
                commands.journal(#""published":\[.*"port":\#(port.port),"container_port":\#(port.containerPort)[,}]"#)
            )
        }
        return table
    }
}
