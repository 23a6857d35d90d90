import Addressing
import Containers
import Flows
package import Records

/// An alert as a line of the Common Event Format, as SIEMs take it. ArcSight, "Implementing ArcSight Common Event Format", version 0.
///
///     CEF:0|Portolan|Portolan|VERSION|RULE|NAME|SEVERITY|key=value key=value
///
/// Values are bare between `=` and the blank before the next key, so that what ends them has to be escaped: text from outside cannot begin
/// a key or a line of its own.
package struct CEFLine: Sendable {
    private let version: String

    /// `version` is that of this program.
    package init(version: String) { self.version = version }

    /// With the line's end.
    package func text(_ record: AlertRecord) -> String {
        let header = [
            "CEF:0", "Portolan", "Portolan", Self.header(version), Self.header(record.rule), Self.header(record.name),
            "\(record.severity / 10)",
        ]
        return header.joined(separator: "|") + "|" + Extension(record).text + "\n"
    }

    /// Of the header a bar ends a field; a line break has no place in it.
    static func header(_ text: String) -> String {
        var result = ""
        for character in HarmlessText.text(text).unicodeScalars {
            if character == "\\" || character == "|" { result += "\\" }
            result.unicodeScalars.append(character)
        }
        return result
    }

    /// Of the extension an equals sign ends a key.
    static func value(_ text: String, limit: Int) -> String {
        var result = ""
        for character in HarmlessText.text(text, limit: limit).unicodeScalars {
            if character == "\\" || character == "=" { result += "\\" }
            result.unicodeScalars.append(character)
        }
        return result
    }
}

/// Keys and values of a line, in the order of the dictionary of the format's appendix.
private struct Extension {
    private(set) var text = ""

    /// Characters that a message may have, and what a custom text may have at most here.
    private static var messageLimit: Int { 1023 }
    private static var textLimit: Int { 1023 }

    init(_ record: AlertRecord) {
        add("rt", record.time.milliseconds)
        add("start", record.first.milliseconds)
        add("end", record.last.milliseconds)
        add("cat", record.category)
        add("cnt", "\(record.count)")
        add(record.source, (address: "src", custom: "c6a2", label: "Source IPv6 Address"))
        if let destination = record.destination {
            add(destination, (address: "dst", custom: "c6a3", label: "Destination IPv6 Address"))
        }
        add("msg", record.message, limit: Self.messageLimit)
        add("cs1", record.source.container?.description.name, label: "sourceContainer")
        add("cs2", record.source.container?.description.image, label: "sourceImage")
        add("cs3", record.destination?.container?.description.name, label: "destinationContainer")
        add("cs4", record.destination?.container?.description.image, label: "destinationImage")
        add("cs5", record.technique, label: "technique")
        add("cs6", record.evidence.map { "\($0)" }.joined(separator: ","), label: "flows")
        add("cn1", "\(record.severity)", label: "severity")
        // The source is then one of them.
        if record.isOfMany { add("cn2", "1", label: "ofMany") }
        // A share that nobody knows is not 0.
        if let loss = record.loss { add("cfp1", "\(loss)", label: "captureLossRatio") }
    }

    private mutating func add(_ end: AlertRecord.End, _ keys: (address: String, custom: String, label: String)) {
        switch end.address {
        // Of containers no address may be in question.
        case _ where end.address.isUnspecified: break
        case .v4: add(keys.address, "\(end.address)")
        case .v6: add(keys.custom, "\(end.address)", label: keys.label)
        }
    }

    private mutating func add(_ key: String, _ value: String?, label: String) {
        guard let value, !value.isEmpty else { return }
        add(key, value)
        add(key + "Label", label)
    }

    private mutating func add(_ key: String, _ value: String, limit: Int = Self.textLimit) {
        if !text.isEmpty { text += " " }
        text += key + "=" + CEFLine.value(value, limit: limit)
    }
}

extension Timestamp {
    /// Since 1970, as the format has times.
    fileprivate var milliseconds: String { "\(nanoseconds.floored(by: 1_000_000))" }
}

extension Int64 {
    /// Also of times before 1970 the one before.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
