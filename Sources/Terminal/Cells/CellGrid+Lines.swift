/// A grid for output whose cursor is not ours: a terminal that scrolls on, or a pager.
extension CellGrid {
    /// Every row as a line of its own, in UTF-8, without the blanks at its end. With a depth in colours and attributes, each line ending in
    /// the standard style; without, nothing but text.
    package func lines(in depth: ColorDepth?) -> [UInt8] {
        var bytes: [UInt8] = []
        guard let depth else {
            for line in lines { bytes += Array(line.utf8) + [0x0a] }
            return bytes
        }
        var rendition = Rendition()
        for row in 0..<height {
            let end = (0..<width).last { cells[row * width + $0] != .blank } ?? -1
            for cell in cells[row * width..<row * width + end + 1] where !cell.isContinuation {
                rendition.change(to: depth.reduce(cell.style), bytes: &bytes)
                bytes += Array(cell.text.utf8)
            }
            rendition.change(to: .standard, bytes: &bytes)
            bytes.append(0x0a)
        }
        return bytes
    }
}
