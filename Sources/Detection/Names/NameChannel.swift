import Addressing
import Flows
import Wire

/// What was carried in the names of one domain that one client asked for, since the window began.
struct NameChannel: Sendable {
    /// Names that had something new in them.
    private(set) var names = 0
    /// Thirty-seconds of octets that were new in them, by weight.
    private var weight = 0
    /// Octets in answers of types that hold whatever one likes, to names that had something new.
    private(set) var returned = 0
    private var labels = NameSketch()
    private var types: [DNSRecordType: Int] = [:]
    private(set) var evidence = Evidence()
    let first: Timestamp

    /// Octets that are new in one name from which on it counts fully, whatever was asked for: hashes and names of hosts are
    /// shorter.
    static var longName: Int { 52 }
    /// How many types are told apart.
    private static var typeLimit: Int { 8 }

    init(_ time: Timestamp) { first = time }

    /// Octets that the names carried.
    var carried: Int { weight / 32 }

    mutating func add(_ answer: NameAnswer, _ name: QuestionName) {
        var halves = 0
        name.forEachLabel { hash, more in
            if labels.insert(hash) { halves += more }
        }
        guard halves > 0 else { return }
        names += 1
        // Addresses are what everybody asks for, and short names for them are mostly those of hosts.
        let isFull = answer.type.carriesData || halves >= 2 * Self.longName
        weight += isFull ? halves * 16 : halves
        if answer.type.isFreeForm, answer.code == .noError {
            returned += max(0, answer.length - answer.name.utf8.count - 28)
        }
        if types.count < Self.typeLimit || types[answer.type] != nil { types[answer.type, default: 0] += 1 }
        if let flow = answer.flow { evidence.add(flow) }
    }

    /// The types that were asked for, the commonest first.
    var commonTypes: [DNSRecordType] {
        types.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map(\.key)
    }
}

extension DNSRecordType {
    /// Whether hardly anybody asks for it with one name after the other, and an answer has room. Not so those for addresses, and
    /// those by which resolvers find and check their way.
    fileprivate var carriesData: Bool {
        switch rawValue {
        // A, NS, SOA, PTR, AAAA, DS, DNSKEY, SVCB, HTTPS, CAA.
        case 1, 2, 6, 12, 28, 43, 48, 64, 65, 257: false
        default: true
        }
    }

    /// Whether an answer of the type holds whatever one likes: NULL, TXT, KEY, ANY, private ones.
    fileprivate var isFreeForm: Bool { [10, 16, 25, 255].contains(rawValue) || rawValue >= 0xff00 }
}
