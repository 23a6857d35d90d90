import Records

/// How severe an alert is, as the screen shows it: besides the word by marks and by a colour.
extension AlertSeverity {
    /// A mark more for each step, in one width: apart without letters and colours.
    var sign: String {
        switch self {
        case .low: "   "
        case .medium: "!  "
        case .high: "!! "
        case .critical: "!!!"
        }
    }

    var role: Role {
        switch self {
        case .low: .plain
        case .medium, .high: .warning
        case .critical: .crossing
        }
    }
}
