/// A port. Also the one that NAT showed in place of an end's own: a published port finds the container's flow.
package struct PortCriterion: EndCriterion {
    package let port: UInt16

    package static var word: String { "port" }

    /// Digits only: `UInt16` would take a sign.
    package init(value: String) throws(FilterValueError) {
        guard value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let port = UInt16(value) else { throw .notAPort }
        self.port = port
    }

    package var description: String { "\(port)" }

    package var needsJournal: Bool { false }

    package func holds(of end: FilteredEnd) -> Bool { end.port == port || end.shownPort == port }
}
