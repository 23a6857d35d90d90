/// Which end of a flow offers the service, when the packets themselves do not say.
enum ServicePorts {
    /// Whether servers are likely to listen there: system ports (RFC 6335, section 6), and what is well known above.
    static func isLikely(_ port: UInt16) -> Bool {
        // DHCP clients have a system port too: 68 (RFC 2131, section 4.1), and 546 for IPv6 (RFC 8415, section 7.2).
        if port < 1024 { return port != 68 && port != 546 }
        switch port {
        case 1433, 1521, 1883, 2049, 2152, 2181, 2375...2380, 3128, 3268, 3306, 3389, 3544, 4222, 4317, 4318, 4789,
            4790, 5000, 5044, 5060, 5061, 5222, 5353, 5355, 5432, 5601, 5671, 5672, 5984, 6081, 6379, 6443, 6667, 7000,
            7946, 8000, 8001, 8080, 8081, 8086, 8088, 8125, 8443, 8472, 8500, 8888, 9000, 9042, 9090, 9092, 9093, 9100,
            9200, 9300, 9418, 9443, 10250, 10255, 11211, 15672, 25565, 27017, 50051:
            return true
        default:
            return false
        }
    }

    /// Whether the first packet seen was an answer, so that its receiver is the initiator.
    ///
    /// `ephemeral` also trusts Linux's ephemeral range (32768 up, ip_local_port_range in ip(7)): fair for a stream that
    /// was under way, too bold for the first datagram of a pair.
    static func isAnswer(from source: UInt16, to destination: UInt16, ephemeral: Bool) -> Bool {
        let sourceIsLikely = isLikely(source)
        let destinationIsLikely = isLikely(destination)
        if sourceIsLikely != destinationIsLikely { return sourceIsLikely }
        return ephemeral && !sourceIsLikely && source < 32_768 && destination >= 32_768
    }
}
