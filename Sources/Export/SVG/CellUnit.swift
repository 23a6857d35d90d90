import Layout

/// What a cell of the chart is in a picture.
enum CellUnit {
    static var width: Double { 8 }
    static var height: Double { 20 }

    /// The middle of a cell.
    static func x(_ column: Int) -> Double { Double(column) * width + width / 2 }
    static func y(_ row: Int) -> Double { Double(row) * height + height / 2 }
}
