public import Foundation

/// The program `portolan` as it was built with the tests.
public enum BuiltProgram {
    /// It lies beside the test program.
    public static let location = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("portolan")
}
