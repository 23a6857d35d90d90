/// How a cell is drawn: two colours and four attributes, in one word.
///
/// There is no blinking and no italics: the first disturbs, the second many terminals lack.
package struct Style: Hashable, Sendable, BitwiseCopyable {
    /// From the low end: 26 bits of foreground, 26 of background, four attributes. The upper byte is clear.
    private(set) var bits: UInt64

    package static let standard = Style()

    package init(
        foreground: Color = .standard,
        background: Color = .standard,
        isBold: Bool = false,
        isFaint: Bool = false,
        isReverse: Bool = false,
        isUnderlined: Bool = false
    ) {
        bits = foreground.bits | background.bits << 26
        self.isBold = isBold
        self.isFaint = isFaint
        self.isReverse = isReverse
        self.isUnderlined = isUnderlined
    }

    init(bits: UInt64) {
        self.bits = bits & 0xff_ffff_ffff_ffff
    }

    package var foreground: Color {
        get { Color(bits: bits) }
        set { bits = bits & ~0x3ff_ffff | newValue.bits }
    }

    package var background: Color {
        get { Color(bits: bits >> 26) }
        set { bits = bits & ~(0x3ff_ffff << 26) | newValue.bits << 26 }
    }

    package var isBold: Bool {
        get { has(52) }
        set { set(52, newValue) }
    }

    package var isFaint: Bool {
        get { has(53) }
        set { set(53, newValue) }
    }

    package var isReverse: Bool {
        get { has(54) }
        set { set(54, newValue) }
    }

    package var isUnderlined: Bool {
        get { has(55) }
        set { set(55, newValue) }
    }

    private func has(_ bit: UInt64) -> Bool { bits >> bit & 1 == 1 }

    private mutating func set(_ bit: UInt64, _ value: Bool) {
        bits = value ? bits | 1 << bit : bits & ~(1 << bit)
    }
}

extension Style: CustomStringConvertible {
    /// As tests print it: "bold, ansi(1) on standard".
    package var description: String {
        var words: [String] = []
        if isBold { words.append("bold") }
        if isFaint { words.append("faint") }
        if isReverse { words.append("reverse") }
        if isUnderlined { words.append("underlined") }
        if foreground != .standard || background != .standard { words.append("\(foreground) on \(background)") }
        return words.isEmpty ? "standard" : words.joined(separator: ", ")
    }
}
