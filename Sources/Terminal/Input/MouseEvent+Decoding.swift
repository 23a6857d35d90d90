extension MouseEvent {
    /// xterm's mode 1006: button and modifiers in one number, then column and row from 1.
    init?(parameters: [Int], isRelease: Bool) {
        guard parameters.count == 3, parameters[1] > 0, parameters[2] > 0 else { return nil }
        let code = parameters[0]
        let button: Button =
            switch code & 0b1100_0011 {
            case 0: .left
            case 1: .middle
            case 2: .right
            case 3: .none
            case 64: .wheelUp
            case 65: .wheelDown
            case 66: .wheelLeft
            case 67: .wheelRight
            default: .other
            }
        var modifiers: Modifiers = []
        if code & 4 != 0 { modifiers.insert(.shift) }
        if code & 8 != 0 { modifiers.insert(.alt) }
        if code & 16 != 0 { modifiers.insert(.control) }
        self.init(
            row: parameters[2] - 1,
            column: parameters[1] - 1,
            button: button,
            kind: code & 32 != 0 ? .move : isRelease ? .release : .press,
            modifiers: modifiers
        )
    }
}
