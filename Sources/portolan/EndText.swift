import Addressing

/// One end of a conversation as it is written: `catalog.shop (10.244.2.20)`, or the address alone.
struct EndText {
    private let address: String
    private let name: String?

    /// The least of a name that is worth showing beside an address.
    private static var shortestName: Int { 12 }

    init(_ address: IPAddress, name: String?) {
        self.address = "\(address)"
        self.name = name.map(Printable.text)
    }

    /// Columns it takes when nothing is left out.
    var width: Int { TerminalWidth.of(text(within: .max)) }

    /// It in at most so many columns. A name is shortened, or stands alone; an address never is.
    func text(within limit: Int) -> String {
        guard let name else { return address }
        let room = limit - address.utf8.count - 3
        if room >= min(Self.shortestName, TerminalWidth.of(name)) {
            return "\(TerminalWidth.shorten(name, to: room)) (\(address))"
        }
        return TerminalWidth.shorten(name, to: max(limit, Self.shortestName))
    }
}
