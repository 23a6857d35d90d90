/// What the steps of a layout work on. Everything is an index into its arrays; rows are not yet lines of text.
///
/// Items stand in layers at rows: names first, then what lines need on their way. Trunks stand in channels: channel `c` is
/// right of layer `c`.
struct Plan {
    /// Number of names: items below it are those.
    let names: Int
    var links: [Link]
    var items: [Item]
    var trunks: [Trunk] = []
    var layerCount = 0
    /// Which trunk an item's plain line enters on its right, by item; -1 for none.
    var plainTrunk: [Int] = []
    /// The first trunk of a private or backward link, by link; -1 for none.
    var linkTrunk: [Int] = []
    /// The row on which lines come home to a name from further layers, by name; -1 for none.
    var homeItem: [Int] = []
    /// The trunk that leads from there to the name's own row; -1 where it is that row.
    var homeTrunk: [Int] = []
    /// Item in each row of each layer; -1 where it is free.
    var taken: [[Int32]] = []
    var rowCount = 0

    init(names: Int, owners: [Int32], links: [Link]) {
        self.names = names
        self.links = links
        items = (0..<names).map { Item(kind: .name, layer: 0, owner: owners[$0], target: -1) }
        homeItem = Array(repeating: -1, count: names)
        homeTrunk = homeItem
        linkTrunk = Array(repeating: -1, count: links.count)
    }
}

/// What takes up a row of a layer.
struct Item {
    enum Kind: UInt8 {
        case name
        /// A line on its way through the layer, from left to right.
        case pass
        /// A line on its way home, from right to left.
        case home
        /// A bend in a channel; takes no layer's row.
        case bend
    }

    var kind: Kind
    var layer: Int
    /// The last layer it takes up; other than the first only for ways home.
    var lastLayer: Int
    var row = -1
    /// Whose line it is: the layouter's number of that row; for a way home, whom it leads to.
    var owner: Int32
    /// Of a private line: whom it leads to. Else -1.
    var target: Int32

    init(kind: Kind, layer: Int, lastLayer: Int? = nil, owner: Int32, target: Int32) {
        self.kind = kind
        self.layer = layer
        self.lastLayer = lastLayer ?? layer
        self.owner = owner
        self.target = target
    }

    var key: ItemKey { ItemKey(kind: kind.rawValue, layer: Int16(layer), owner: owner, target: target) }
}

/// Tells what is kept from one frame to the next: a line's place in a layer, or a trunk.
struct ItemKey: Hashable {
    var kind: UInt8
    var layer: Int16
    var owner: Int32
    var target: Int32
}

/// A vertical line in the making.
struct Trunk {
    let channel: Int
    let key: ItemKey
    /// Items it is entered from on the left.
    var entries: [Int]
    /// Items it leaves for on the right.
    var exits: [Int] = []
    /// Names, or ways home, that it leaves for on the left.
    var homes: [Int] = []
    /// The way home that it is entered from on the right; -1 for none.
    var returnEntry = -1
    /// Where its lines go that end beyond the next layer; -1 for none.
    var pass = -1
    /// The only item all its lines come from; -1 where there are several. A bent trunk has its first part's.
    var sole: Int
    /// Of the first part of a bent trunk: the rest, each reached by a bend. Of a rest: none.
    var bends: [Bend] = []
    /// Row span and place among the tracks.
    var top = 0
    var bottom = 0
    var column = -1

    init(channel: Int, key: ItemKey, entries: [Int]) {
        self.channel = channel
        self.key = key
        self.entries = entries
        sole = entries.count == 1 ? entries[0] : -1
    }

    var needsTrack: Bool { top != bottom }
}

/// A trunk goes on in another one, further right, for what it could not reach in its own column.
struct Bend {
    /// Its row.
    let item: Int
    let trunk: Int
    /// What the other one leads to.
    let port: Int
}
