import ArgumentParser
import Records

/// The options that choose among flows, of every command that lists them. `Docs/Filters.md` has what they mean.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .ends(of: ContainerCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("Its name, its pod's, pod/name, or 12 digits of its identifier.", valueName: "name")
    )
    var container: [String] = []

    @Option(
        name: .ends(of: ImageCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("The image, as it was asked for.", valueName: "name")
    )
    var image: [String] = []

    @Option(
        name: .ends(of: LabelCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("A label it has, as KEY or KEY=VALUE.", valueName: "label")
    )
    var label: [String] = []

    @Option(
        name: .ends(of: NamespaceCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("The namespace of its pod.", valueName: "name")
    )
    var namespace: [String] = []

    @Option(
        name: .ends(of: PodCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("Its pod, as name or namespace/name.", valueName: "name")
    )
    var pod: [String] = []

    @Option(
        name: .ends(of: AddressCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("An address, or a block such as 10.0.0.0/8.", valueName: "address")
    )
    var ip: [String] = []

    @Option(
        name: .ends(of: PortCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("A port.", valueName: "port")
    )
    var port: [String] = []

    @Option(
        name: .ends(of: SegmentCriterion.self),
        parsing: .singleValue,
        help: ArgumentHelp("The layer-2 network: a VNI, a VLAN, or a bridge by name.", valueName: "network")
    )
    var segment: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("tcp, udp, icmp, …, a number, or what is spoken: dns, tls, http, …", valueName: "protocol")
    )
    var `protocol`: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("internal, ingress, egress or external, seen from the containers.", valueName: "way")
    )
    var direction: [String] = []

    @Flag(name: .long, help: "Before a filter: none of what it says.")
    var not = false

    func validate() throws { _ = try readings.filter(not) }

    /// What they say together.
    var filter: FlowFilter {
        get throws { try readings.filter(not) }
    }

    private var readings: [FilterReading] {
        [
            FilterReading(ContainerCriterion.self, container), FilterReading(ImageCriterion.self, image),
            FilterReading(LabelCriterion.self, label), FilterReading(NamespaceCriterion.self, namespace),
            FilterReading(PodCriterion.self, pod), FilterReading(AddressCriterion.self, ip),
            FilterReading(PortCriterion.self, port), FilterReading(SegmentCriterion.self, segment),
            FilterReading(ProtocolCriterion.self, `protocol`), FilterReading(DirectionCriterion.self, direction),
        ]
    }
}

extension NameSpecification {
    /// The three names of an option that asks of ends.
    static func ends(of criterion: any EndCriterion.Type) -> Self {
        Self(FilterSide.allCases.map { .customLong($0.rawValue + criterion.word) })
    }
}
