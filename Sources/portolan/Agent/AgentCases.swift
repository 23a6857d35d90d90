import Addressing
import Agent
import Logging
import Monitor
import Records

/// What an agent does about cases besides keeping their rows: it says what becomes of them, and has their packets kept.
struct AgentCases {
    let log: Logger
    /// Nil where nothing is recorded.
    let packets: CasePackets?

    /// Says what became of some.
    func tell(_ records: [CaseRecord]) {
        for record in records {
            log.notice("\(CaseLine.text(record))")
            guard let packets else { continue }
            switch record.action {
            // As long as it runs alerts have those around them kept; of its end on all that are there yet.
            case .ended: packets.keep(record.folder, record.from, record.ended ?? record.time)
            case .released: packets.release(record.folder)
            case .opened, .resumed, .state, .full: break
            }
        }
    }
}
