import Records

/// What an agent, or its database, tells of one case.
struct ToldCase {
    private(set) var record: CaseRecord?
    private(set) var peers: [CasePeer] = []
    private(set) var alerts: [AlertRecord] = []
    private(set) var blocks: [BlockRecord] = []

    init(_ lines: [[UInt8]]) {
        for line in lines {
            if let record = try? CaseRecord(reading: line.span) {
                self.record = record
            } else if let peer = try? CasePeer(reading: line.span) {
                peers.append(peer)
            } else if let block = try? BlockRecord(reading: line.span) {
                // Before alerts: that one fails open is told as one.
                blocks.append(block)
            } else if let alert = try? AlertRecord(reading: line.span) {
                alerts.append(alert)
            }
        }
    }
}
