/// Numbers with a unit behind them, such as `16MiB` and `12h`.
package struct Measure: Sendable {
    /// What is measured: `size`, `time`.
    package var noun: String
    /// What each unit is in the smallest one, smallest first.
    package var units: [(name: String, factor: Int)]
    /// What people write instead of the name of a unit, in lower case.
    package var slips: [String: String]
    /// One, for messages.
    package var example: String

    /// A size in bytes.
    package static var size: Measure {
        Measure(
            noun: "size",
            units: [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40)],
            slips: [
                "k": "KiB", "kb": "KiB", "kib": "KiB", "m": "MiB", "mb": "MiB", "mib": "MiB",
                "g": "GiB", "gb": "GiB", "gib": "GiB", "t": "TiB", "tb": "TiB", "tib": "TiB",
            ],
            example: "16MiB"
        )
    }

    /// A time in seconds.
    package static var time: Measure {
        Measure(
            noun: "time",
            units: [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)],
            slips: [
                "sec": "s", "seconds": "s", "min": "m", "minutes": "m", "hours": "h", "hour": "h", "day": "d",
                "days": "d",
            ],
            example: "12h"
        )
    }

    /// Reads one. A space may stand between number and unit.
    package func parse(_ text: String) throws(Mistake) -> Int {
        let digits = text.prefix { "0"..."9" ~= $0 }
        var name = text[digits.endIndex...]
        if name.first == " " { name = name.dropFirst() }
        guard let number = WholeNumber.parse(digits) else {
            throw Mistake("wants a \(noun) such as \(example), not \(Quoted.text(text))")
        }
        guard let unit = units.first(where: { $0.name == name }) else {
            let fault = name.isEmpty ? "has no unit" : "has an unknown unit"
            let meant = slips[name.lowercased()] ?? units.first { $0.name == name.lowercased() }?.name
            throw Mistake(
                "\(fault) in \(Quoted.text(text)); units are \(units.map(\.name).joined(separator: ", "))",
                suggestion: meant.map { "\(number)\($0)" }
            )
        }
        let (result, isTooLarge) = number.multipliedReportingOverflow(by: unit.factor)
        return isTooLarge ? .max : result
    }

    /// How a number of the smallest unit is written: in the largest unit of which it is a whole number.
    package func text(_ number: Int) -> String {
        let unit = units.last { number % $0.factor == 0 && number >= $0.factor }
        guard let unit else { return "\(number / units[0].factor)\(units[0].name)" }
        return "\(number / unit.factor)\(unit.name)"
    }

    /// Reads one within bounds.
    package func parse(_ text: String, _ bounds: ClosedRange<Int>) throws(Mistake) -> Int {
        let number = try parse(text)
        guard bounds.contains(number) else {
            throw Mistake(
                "is from \(self.text(bounds.lowerBound)) to \(self.text(bounds.upperBound)), not \(Quoted.text(text))"
            )
        }
        return number
    }
}

extension Notation {
    /// Bytes within bounds; in files whole KiB.
    package static func size(_ bounds: ClosedRange<Int>) -> Notation<Int> {
        Notation<Int>("a size such as 16MiB", written: { .text(Measure.size.text($0)) }) { text throws(Mistake) in
            try Measure.size.parse(text, bounds)
        }
    }

    /// How long something is kept; the bounds in seconds.
    package static func age(_ bounds: ClosedRange<Int>) -> Notation<Duration> {
        Notation<Duration>(
            "a time such as 12h",
            written: { .text(Measure.time.text(Int($0.components.seconds))) },
            parse: { text throws(Mistake) in .seconds(try Measure.time.parse(text, bounds)) }
        )
    }
}
