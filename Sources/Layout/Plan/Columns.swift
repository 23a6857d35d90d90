/// How the columns of the screen are shared out between names, tracks and labels.
struct Columns: Hashable {
    /// For each layer where its names begin, and how wide they may be.
    var layers: [LayerColumn] = []
    /// For each channel where its first track is.
    var tracks: [Int] = []
    /// Columns from one track to the next, 1 or 2.
    var pitch = 1
    var labelWidth = 0
    /// All columns together.
    var width = 0
    /// The tracks each channel has room for.
    var room: [Int] = []

    static let narrowestName = 8
    static let narrowestBesideLabels = 12
    static let mostSlack = 8

    /// Names get what they want or are shrunk, the widest first; labels if names keep 12 columns; then tracks get air, and
    /// what is left is spread over the channels.
    ///
    /// `names` has the widest name of each layer, in columns, `tracks` the number of tracks of each channel, one a layer.
    init(names: [Int], tracks: [Int], width: Int, options: LayoutOptions) {
        room = tracks
        let inner = max(0, names.count - 1)
        var fixed = names.indices.reduce(0) { $0 + Self.channel(tracks[$1], pitch: 1, isLast: $1 == inner) }
        let withLabels = fixed + inner * options.labelWidth
        if options.labelWidth > 0, names.reduce(0, { $0 + min($1, Self.narrowestBesideLabels) }) + withLabels <= width {
            labelWidth = options.labelWidth
            fixed = withLabels
        }
        let widths = options.shrinksNames ? Self.shrunk(names, to: width - fixed) : names
        var left = width - fixed - widths.reduce(0, +)
        let air = tracks.reduce(0) { $0 + max(0, $1 - 1) }
        if air <= left {
            pitch = 2
            left -= air
        }
        let slack = inner == 0 ? 0 : min(Self.mostSlack, max(0, left) / inner)
        place(widths, slack: slack)
    }

    private mutating func place(_ widths: [Int], slack: Int) {
        var x = 0
        for (layer, width) in widths.enumerated() {
            layers.append(LayerColumn(x: x, width: width))
            x += width
            self.tracks.append(x + 1)
            let isLast = layer == widths.count - 1
            x += Self.channel(room[layer], pitch: pitch, isLast: isLast)
            if !isLast { x += labelWidth + slack }
        }
        width = x
    }

    /// A column after the name, the tracks, and one for the arrowhead.
    private static func channel(_ tracks: Int, pitch: Int, isLast: Bool) -> Int {
        let lines = tracks == 0 ? 0 : (tracks - 1) * pitch + 1
        return isLast ? (tracks == 0 ? 0 : lines + 1) : lines + 2
    }

    private static func shrunk(_ names: [Int], to room: Int) -> [Int] {
        var widths = names
        var over = widths.reduce(0, +) - room
        while over > 0, let widest = widths.max(), widest > narrowestName {
            for layer in widths.indices.reversed() where widths[layer] == widest && over > 0 {
                widths[layer] -= 1
                over -= 1
            }
        }
        return widths
    }

    func x(track column: Int, of channel: Int) -> Int { tracks[channel] + column * pitch }

    /// Whether these columns, made for another layout, will do for this one.
    func hasRoom(names: Int, tracks: [Int]) -> Bool {
        names == layers.count && zip(tracks, room).allSatisfy { $0 <= $1 }
    }

    /// Whether a layer has names, of so many columns at most, that are cut.
    func cuts(_ names: [Int]) -> Bool { zip(names, layers).contains { $0 > $1.width } }

    /// Whether it has no less room for any layer's names than others, and more for one's.
    func isWider(than other: Columns) -> Bool {
        let pairs = zip(layers, other.layers)
        return pairs.allSatisfy { $0.width >= $1.width } && pairs.contains { $0.width > $1.width }
    }

    /// The layers that are wholly on a screen whose first is given, and its first column.
    func visible(from first: Int, width: Int) -> (layers: Range<Int>, column: Int) {
        guard self.width > width, !layers.isEmpty else { return (0..<layers.count, 0) }
        let first = min(max(0, first), layers.count - 1)
        let column = layers[first].x
        let end = layers.lastIndex { $0.x + $0.width - column <= width } ?? first
        return (first..<max(end, first) + 1, column)
    }
}
