import ArgumentParser
import Records

/// The filters that make sense of a container by itself.
struct InventoryFilterOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("The image, as it was asked for.", valueName: "name")
    )
    var image: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("A label it has, as KEY or KEY=VALUE.", valueName: "label")
    )
    var label: [String] = []

    @Option(name: .long, parsing: .singleValue, help: ArgumentHelp("The namespace of its pod.", valueName: "name"))
    var namespace: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("Its pod, as name or namespace/name.", valueName: "name")
    )
    var pod: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("An address, or a block such as 10.0.0.0/8.", valueName: "address")
    )
    var ip: [String] = []

    @Flag(name: .long, help: "Before a filter: none of what it says.")
    var not = false

    func validate() throws { _ = try readings.filter(not) }

    /// What they say together.
    var filter: FlowFilter {
        get throws { try readings.filter(not) }
    }

    private var readings: [FilterReading] {
        [
            FilterReading(ImageCriterion.self, image), FilterReading(LabelCriterion.self, label),
            FilterReading(NamespaceCriterion.self, namespace), FilterReading(PodCriterion.self, pod),
            FilterReading(AddressCriterion.self, ip),
        ]
    }
}
