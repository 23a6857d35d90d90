/// A name that was asked for, taken apart: the domain somebody registered, and what stands before it.
///
/// Where a registered domain ends is told by rule of thumb, not by the public suffix list: the last two labels, or three where the
/// last is a country's and the one before it of the kind of `co`. Where that is wrong, the domains of one registry count as one.
struct QuestionName: Sendable {
    private let bytes: [UInt8]
    /// Where each label begins.
    private let starts: [Int]
    /// How many of the last labels are the registered domain; 0 where the last cannot be a top-level domain.
    let domainLabels: Int

    /// `text` is in lower case, with octets that are not visible as `\DDD` and dots within labels as `\.`.
    init(_ text: String) {
        bytes = Array(text.utf8)
        var starts = [0]
        var place = 0
        while place < bytes.count {
            if bytes[place] == 0x2e { starts.append(place + 1) }
            place += bytes[place] == 0x5c ? 2 : 1
        }
        self.starts = starts
        domainLabels = Self.domainLabels(bytes, starts)
    }

    /// Labels in all.
    var labels: Int { starts.count }

    /// Whether it is no more than its registered domain, or has none.
    var isBare: Bool { labels <= domainLabels }

    /// What was registered; empty where the last label cannot be a top-level domain.
    var domain: String {
        guard domainLabels > 0, let start = starts.suffix(domainLabels).first else { return "" }
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    /// Whether it lies below what means something inside only, so that nothing of it is registered: RFC 6761, RFC 6762 and its
    /// appendix G, RFC 8375, RFC 9476, and what networks took without asking.
    var isInner: Bool { Self.inner.contains(String(decoding: bytes[(starts.last ?? 0)...], as: UTF8.self)) }

    private static let inner: Set<String> = [
        "local", "localhost", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "test",
        "example", "invalid", "onion", "alt", "cluster", "consul", "docker", "podman", "svc",
    ]

    /// Of the whole name.
    var hash: UInt64 { Self.hash(bytes[...], 0) }

    /// Whether another name stands whole in front of it, as where a suffix was tried at the end of that one.
    func begins(with other: Self) -> Bool {
        bytes.count > other.bytes.count + 1 && bytes[other.bytes.count] == 0x2e && bytes.starts(with: other.bytes)
    }

    /// Each label before the registered domain: a hash of it and of its place, counted from the domain, and half octets of what it
    /// may carry: of one that is a number half as much.
    func forEachLabel(_ body: (_ hash: UInt64, _ halves: Int) -> Void) {
        for number in 0..<max(0, labels - domainLabels) {
            let end = number + 1 < labels ? starts[number + 1] - 1 : bytes.count
            // The name may end in a dot of its own.
            guard starts[number] <= end else { continue }
            let label = bytes[starts[number]..<end]
            let isNumber = label.allSatisfy { 0x30...0x39 ~= $0 }
            body(Self.hash(label, UInt64(labels - number)), Self.octets(label) * (isNumber ? 1 : 2))
        }
    }

    /// FNV-1a: the same in every run. Who makes names meet in it carries less in them than is counted.
    private static func hash(_ label: ArraySlice<UInt8>, _ place: UInt64) -> UInt64 {
        var hash = (0xcbf2_9ce4_8422_2325 ^ place) &* 0x100_0000_01b3
        for byte in label { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        // Of a short label, the upper bits are hardly touched until now.
        hash = (hash ^ hash >> 32) &* 0xd6e8_feb8_6659_fd93
        return hash ^ hash >> 32
    }

    private static func octets(_ label: ArraySlice<UInt8>) -> Int {
        var (place, count) = (label.startIndex, 0)
        while place < label.endIndex {
            count += 1
            guard label[place] == 0x5c, place + 1 < label.endIndex else {
                place += 1
                continue
            }
            place += 0x30...0x39 ~= label[place + 1] ? 4 : 2
        }
        return count
    }

    private static func domainLabels(_ bytes: [UInt8], _ starts: [Int]) -> Int {
        guard let last = starts.last, starts.count > 1 else { return 0 }
        let top = bytes[last...]
        guard 2...24 ~= top.count, top.allSatisfy({ 0x61...0x7a ~= $0 }) || top.starts(with: "xn--".utf8) else {
            return 0
        }
        guard starts.count > 2, top.count == 2 else { return 2 }
        let second = bytes[starts[starts.count - 2]..<(last - 1)]
        return kinds.contains { second.elementsEqual($0.utf8) } ? 3 : 2
    }

    /// What countries register below, mostly.
    private static let kinds = [
        "co", "com", "net", "org", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "go", "mil", "nom", "ltd", "sch",
    ]
}
