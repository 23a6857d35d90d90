extension Unicode.Scalar {
    /// Whether it controls the one who shows it, hides, breaks the line or reorders what is around it, or no standard has given it a
    /// meaning: nothing that a name from outside may do.
    package var isHarmful: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
