extension FilteredFlow {
    /// Who an alert is about; of one flow it is not.
    init(_ record: AlertRecord) {
        self.init()
        source = FilteredEnd(record.source)
        if let end = record.destination { destination = FilteredEnd(end) }
    }
}

extension FilteredEnd {
    fileprivate init(_ end: AlertRecord.End) {
        self.init()
        address = end.address
        container = end.container
    }
}

extension FlowFilter {
    /// What can be asked of alerts.
    package static let wordsOfAlerts: [String] = [
        ContainerCriterion.word, ImageCriterion.word, LabelCriterion.word, NamespaceCriterion.word, PodCriterion.word,
        AddressCriterion.word,
    ]

    /// A word of the terms that cannot: it asks of a flow.
    package var wordOfFlowsAlone: String? {
        terms.map { type(of: $0.criterion).word }.first { !Self.wordsOfAlerts.contains($0) }
    }
}
