/// Cuts text from anywhere into what cells may show. The one place where text becomes harmless for a terminal.
///
/// A scalar of its own width begins a cluster, as terminals see it; marks join it, and so do the parts of an emoji.
/// That is finer than Unicode's graphemes in Indic scripts, and on purpose: terminals count columns by scalars.
/// What must not reach a terminal becomes the replacement of the glyph set, one for each scalar, so that it shows.
struct ClusterScanner {
    private var rest: String.UnicodeScalarView.Iterator
    /// The next two: a slice of the text would be counted as a reference at every step.
    private var first: Unicode.Scalar?
    private var second: Unicode.Scalar?
    let widths: DisplayWidth
    let glyphs: GlyphSet

    init(_ text: String, widths: DisplayWidth = DisplayWidth(), glyphs: GlyphSet = .unicode) {
        rest = text.unicodeScalars.makeIterator()
        first = rest.next()
        second = rest.next()
        self.widths = widths
        self.glyphs = glyphs
    }

    private mutating func pop() -> Unicode.Scalar? {
        let taken = first
        first = second
        if first != nil { second = rest.next() }
        return taken
    }

    /// What the next cell shows and how many columns it takes, 1 or 2; `nil` at the end of the text.
    mutating func next() -> (cluster: Cluster, width: Int)? {
        guard let scalar = pop() else { return nil }
        // Nothing below U+0300 joins what is before it, and what is below U+0080 takes one column.
        if scalar.value < 0x7f && scalar.value >= 0x20 {
            guard let first, first.value >= 0x300 else { return (Cluster(scalar), 1) }
        }
        guard glyphs == .unicode else { return narrowed(scalar) }
        switch ScalarClass(scalar) {
        case .refused, .mark: return (Cluster(glyphs.replacement), widths.of(glyphs.replacement))
        case .narrow: return joined(scalar, width: 1)
        case .wide: return joined(scalar, width: 2)
        case .ambiguous: return joined(scalar, width: widths.isAmbiguousWide ? 2 : 1)
        }
    }

    /// Without Unicode: what is no plain character of one column becomes one replacement, with the marks on it.
    private mutating func narrowed(_ scalar: Unicode.Scalar) -> (Cluster, Int) {
        let kind = ScalarClass(scalar)
        var isShown = scalar.isASCII || glyphs == .console
        isShown = isShown && (kind == .narrow || kind == .ambiguous)
        while let mark = first, mark.value >= 0x300, ScalarClass(mark) == .mark {
            _ = pop()
            isShown = false
        }
        return (Cluster(isShown ? scalar : glyphs.replacement), 1)
    }

    private mutating func joined(_ base: Unicode.Scalar, width: Int) -> (Cluster, Int) {
        guard let next = first, next.value >= 0x300 else { return (Cluster(base), width) }
        var cluster = Cluster(base)
        var width = width
        var isWhole = true
        if base.isRegionalIndicator, next.isRegionalIndicator {
            isWhole = take(into: &cluster)
            width = 2
        } else if base.isKeycapBase, next.value == 0xfe0f, second?.value == 0x20e3 {
            isWhole = take(into: &cluster) && take(into: &cluster)
            width = 2
        } else if !base.isASCII, base.properties.isEmoji {
            isWhole = takeEmoji(into: &cluster, width: &width)
        }
        while let mark = first, mark.value >= 0x300, ScalarClass(mark) == .mark {
            isWhole = take(into: &cluster) && isWhole
        }
        // Part of a letter or of a family would be another one.
        return isWhole ? (cluster, width) : (Cluster(glyphs.replacement), widths.of(glyphs.replacement))
    }

    /// Skin, presentation, and further emoji joined by U+200D. Unicode Technical Standard 51, ED-15a.
    private mutating func takeEmoji(into cluster: inout Cluster, width: inout Int) -> Bool {
        var isWhole = true
        while let scalar = first {
            if scalar.value == 0xfe0f || scalar.properties.isEmojiModifier {
                isWhole = take(into: &cluster) && isWhole
            } else if scalar.value == 0x200d, let next = second, !next.isASCII, next.properties.isEmoji {
                isWhole = take(into: &cluster) && isWhole
                isWhole = take(into: &cluster) && isWhole
            } else {
                break
            }
            width = 2
        }
        return isWhole
    }

    private mutating func take(into cluster: inout Cluster) -> Bool {
        guard let scalar = pop() else { return true }
        return cluster.append(scalar)
    }
}

extension Unicode.Scalar {
    fileprivate var isRegionalIndicator: Bool { value >= 0x1f1e6 && value <= 0x1f1ff }

    fileprivate var isKeycapBase: Bool { (0x30...0x39).contains(value) || value == 0x23 || value == 0x2a }
}
