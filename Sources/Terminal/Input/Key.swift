/// A key, as far as terminals tell them apart.
package enum Key: Hashable, Sendable {
    /// What the key types, one scalar at a time. Never a control character; may be anything else.
    case character(Character)
    case enter, tab, backspace, escape
    case up, down, left, right
    case home, end, pageUp, pageDown, insert, delete
    /// 1 to 20.
    case function(Int)
}

/// What is held while a key is pressed. Of shift terminals tell only with keys that are no characters.
package struct Modifiers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)

    /// As xterm writes them: one more than the sum of 1 for shift, 2 for alt, 4 for control; other bits are dropped.
    init(parameter: Int) {
        self.init(rawValue: parameter > 1 ? UInt8(truncatingIfNeeded: parameter - 1) & 7 : 0)
    }
}
