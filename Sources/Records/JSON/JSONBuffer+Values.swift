package import Addressing

/// Values, and pairs of a key and a value; a `nil` writes nothing at all.
extension JSONBuffer {
    /// Writes a string.
    package mutating func value(_ text: some StringProtocol) {
        beginValue()
        appendQuoted(text)
    }

    /// Writes a string of the program itself.
    package mutating func value(literal: StaticString) {
        beginValue()
        append(0x22)
        append(literal: literal)
        append(0x22)
    }

    /// Writes a number.
    package mutating func value(_ number: some FixedWidthInteger) {
        beginValue()
        appendDecimal(number)
    }

    /// Writes `true` or `false`.
    package mutating func value(_ truth: Bool) {
        beginValue()
        append(literal: truth ? "true" : "false")
    }

    /// Writes an address as a string, IPv6 as RFC 5952 wants it.
    package mutating func value(_ address: IPAddress) {
        beginValue()
        append(0x22)
        append(address)
        append(0x22)
    }

    /// Writes a hardware address as a string.
    package mutating func value(_ address: MACAddress) {
        beginValue()
        append(0x22)
        append(address)
        append(0x22)
    }

    /// Writes a moment as RFC 3339 has it, in UTC; see `append(_:digits:)`.
    package mutating func value(_ time: Timestamp, digits: Int) {
        beginValue()
        append(0x22)
        append(time, digits: digits)
        append(0x22)
    }

    /// Writes a key and a string.
    package mutating func pair(_ name: StaticString, _ text: (some StringProtocol)?) {
        guard let text else { return }
        key(name)
        value(text)
    }

    /// Writes a key and a number.
    package mutating func pair(_ name: StaticString, _ number: (some FixedWidthInteger)?) {
        guard let number else { return }
        key(name)
        value(number)
    }

    /// Writes a key and `true` or `false`.
    package mutating func pair(_ name: StaticString, _ truth: Bool?) {
        guard let truth else { return }
        key(name)
        value(truth)
    }

    /// Writes a key and an address.
    package mutating func pair(_ name: StaticString, _ address: IPAddress?) {
        guard let address else { return }
        key(name)
        value(address)
    }

    /// Writes a key and a hardware address; nothing when there is none on the link.
    package mutating func pair(_ name: StaticString, _ address: MACAddress?) {
        guard let address, !address.isZero else { return }
        key(name)
        value(address)
    }

    /// Writes a key and a moment.
    package mutating func pair(_ name: StaticString, _ time: Timestamp?, digits: Int) {
        guard let time else { return }
        key(name)
        value(time, digits: digits)
    }

    /// Writes a key and a number that is only worth a word when it is not 0.
    package mutating func count(_ name: StaticString, _ number: UInt64) {
        if number != 0 { pair(name, number) }
    }
}
