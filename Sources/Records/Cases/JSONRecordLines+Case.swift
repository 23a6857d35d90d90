import Addressing

/// What is kept until it is let go.
extension JSONRecordLines {
    mutating func write(_ record: CaseRecord) {
        json.beginLine()
        json.pair("@timestamp", record.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", record.action == .state ? "state" : "event")
        json.pair("action", record.action.rawValue)
        json.pair("start", record.from, digits: 9)
        json.pair("end", record.ended, digits: 9)
        json.end(event)
        write(record.container)
        if !record.addresses.isEmpty {
            let host = json.beginObject("host")
            let addresses = json.beginArray("ip")
            for address in record.addresses { json.value(address) }
            json.end(addresses)
            json.end(host)
        }
        let portolan = json.beginObject("portolan")
        let told = json.beginObject("case")
        json.pair("id", record.number)
        json.pair("state", record.state.rawValue)
        json.pair("opened", record.opened, digits: 9)
        json.pair("released", record.released, digits: 9)
        json.pair("released_by", record.releasedBy)
        json.pair("alerts", record.alerts)
        let worst = json.beginObject("worst")
        json.pair("severity", record.worst.severity)
        json.pair("rule", record.worst.rule)
        json.pair("message", record.worst.message)
        json.end(worst)
        json.pair("connections", record.connections)
        write(record.kept)
        if let seen = record.seen {
            let object = json.beginObject("seen")
            json.pair("flows", seen.flows)
            json.pair("peers", seen.peers)
            json.pair("cut", seen.isCut)
            json.end(object)
        }
        if let packets = record.packets {
            let object = json.beginObject("recording")
            json.pair("files", packets.files)
            json.pair("bytes", packets.bytes)
            json.pair("path", packets.path)
            if !packets.names.isEmpty {
                let names = json.beginArray("names")
                for name in packets.names { json.value(name) }
                json.end(names)
            }
            json.end(object)
        }
        json.end(told)
        json.end(portolan)
        json.endLine()
    }

    private mutating func write(_ kept: CaseRecord.Kept) {
        let object = json.beginObject("kept")
        json.pair("rows", kept.rows)
        json.pair("flows", kept.flows)
        json.pair("bytes", kept.bytes)
        json.pair("shared", kept.ofAll)
        json.pair("missing", kept.missing)
        json.pair("missing_since", kept.missingSince, digits: 9)
        json.end(object)
    }
}
