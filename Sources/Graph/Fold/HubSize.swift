/// How many rows must have to do with a service, or with a caller, for it to be a hub: its lines would hide all others.
package enum HubSize {
    private static let fewest = 8.0
    private static let most = 24.0
    private static let share = 0.4

    /// Of a graph with so many rows.
    package static func least(rows: Int) -> Double { max(fewest, min(share * Double(rows), most)) }
}
