import Addressing
import Containers
import Enforcement
import Policy
import Records
import Testing

/// Blocks, in few words.
enum SampleBlock {
    /// One of a container, for ten minutes.
    static func record(
        _ number: UInt64,
        of container: ContainerKey = ContainerKey(identifier: "web", generation: 1),
        at start: Timestamp
    ) throws -> BlockRecord {
        let order = BlockOrder(
            .container(container),
            .traffic(.prefix(try #require(IPPrefix("192.0.2.0/24"))), .init(protocolNumber: 6, ports: [443...443])),
            reason: "test",
            author: .person(userIdentifier: 0, name: "root")
        )
        let block = Block(
            identifier: BlockIdentifier(number),
            order: order,
            from: start,
            until: Timestamp(nanoseconds: start.nanoseconds + 600_000_000_000)
        )
        return BlockRecord(.added, block, state: .pending, at: start)
    }
}

extension BlockRecord {
    /// The same, let go.
    func ended(at time: Timestamp) -> Self {
        var record = self
        (record.action, record.state) = (.ended, .ended)
        (record.ended, record.endedBy) = (time, "root")
        return record
    }
}
