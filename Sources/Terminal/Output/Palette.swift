/// The colours of xterm's 256, by their numbers: what other terminals took over.
enum Palette {
    typealias Components = InlineArray<3, UInt8>

    /// The steps of the cube's edges.
    private static func level(_ step: UInt8) -> UInt8 { step == 0 ? 0 : 55 + 40 * step }

    static func components(_ number: UInt8) -> Components {
        switch number {
        case 0..<16: return ansi(number)
        case 16..<232:
            let place = number - 16
            return [level(place / 36), level(place / 6 % 6), level(place % 6)]
        default:
            let grey = 8 + 10 * (number - 232)
            return [grey, grey, grey]
        }
    }

    /// The one of the cube or of the greys that is nearest.
    static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        let wanted: Components = [red, green, blue]
        let cube = 16 + 36 * step(red) + 6 * step(green) + step(blue)
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let grey = 232 + UInt8(min(max((mean - 3) / 10, 0), 23))
        return distance(wanted, components(grey)) < distance(wanted, components(cube)) ? grey : cube
    }

    private static func step(_ value: UInt8) -> UInt8 {
        value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
    }

    static func nearestOfSixteen(_ wanted: Components) -> UInt8 {
        var best: UInt8 = 0
        var least = Int.max
        for number in UInt8(0)..<16 {
            let far = distance(wanted, ansi(number))
            if far < least { (best, least) = (number, far) }
        }
        return best
    }

    /// Squared, and weighted by how much the eye sees of each.
    private static func distance(_ left: Components, _ right: Components) -> Int {
        let red = Int(left[0]) - Int(right[0])
        let green = Int(left[1]) - Int(right[1])
        let blue = Int(left[2]) - Int(right[2])
        return 3 * red * red + 4 * green * green + 2 * blue * blue
    }

    /// xterm's defaults. Users change these sixteen, so that they are a guess.
    private static func ansi(_ number: UInt8) -> Components {
        switch number {
        case 7: return [229, 229, 229]
        case 8: return [127, 127, 127]
        case 4: return [0, 0, 238]
        case 12: return [92, 92, 255]
        default:
            let value: UInt8 = number < 8 ? 205 : 255
            return [number & 1 == 0 ? 0 : value, number & 2 == 0 ? 0 : value, number & 4 == 0 ? 0 : value]
        }
    }
}
