import Glibc

@testable import Terminal

/// How colours look, and how far two of them are apart, to eyes that lack one of the three kinds of cones.
enum ColourSight: CaseIterable {
    case all, noRed, noGreen, noBlue

    /// Machado, Oliveira, Fernandes 2009, severity 1: of linear red, green and blue.
    private var matrix: [[Double]] {
        switch self {
        case .all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .noRed:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .noGreen:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .noBlue:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    /// CIE 1976: 2.3 is just seen side by side, 10 at a glance.
    func distance(_ left: Color, _ right: Color) -> Double {
        let differences = zip(lab(left), lab(right)).map { $0 - $1 }
        return differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    /// CIE L*a*b* of what is seen, D65.
    private func lab(_ color: Color) -> [Double] {
        let linear = Self.linear(color)
        let seen = matrix.map { row in min(max(zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1) }
        let toXYZ = [
            [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
        ]
        let white = [0.95047, 1, 1.08883]
        let curved = zip(toXYZ, white).map { row, white -> Double in
            let part = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
            let edge = 6.0 / 29
            return part > edge * edge * edge ? cbrt(part) : part / (3 * edge * edge) + 4.0 / 29
        }
        return [116 * curved[1] - 16, 500 * (curved[0] - curved[1]), 200 * (curved[1] - curved[2])]
    }

    /// As WCAG 2 has it: 1 to 21.
    static func contrast(_ left: Color, _ right: Color) -> Double {
        let lights = [left, right].map { color in
            let linear = Self.linear(color)
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05
        }
        return max(lights[0], lights[1]) / min(lights[0], lights[1])
    }

    /// 0 to 1, without sRGB's curve. Colours of the terminal's own are taken for xterm's.
    private static func linear(_ color: Color) -> [Double] {
        let bytes: [UInt8] =
            switch color {
            case .rgb(let red, let green, let blue): [red, green, blue]
            case .palette(let number), .ansi(let number): (0..<3).map { Palette.components(number)[$0] }
            case .standard: [0, 0, 0]
            }
        return bytes.map { byte in
            let value = Double(byte) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }
}
