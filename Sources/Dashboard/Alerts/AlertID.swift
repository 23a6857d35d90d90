import Addressing
import Containers
import Records

/// Tells alerts apart, in every snapshot alike.
struct AlertID: Hashable, Sendable {
    private let rule: String
    private let time: Timestamp
    private let source: IPAddress
    private let container: ContainerKey?
    private let destination: IPAddress?

    init(_ alert: AlertRecord) {
        rule = alert.rule
        time = alert.time
        source = alert.source.address
        container = alert.source.container?.key
        destination = alert.destination?.address
    }
}
