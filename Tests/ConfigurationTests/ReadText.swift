import Testing

@testable import Configuration

/// Reads text as if it were the file `p.yaml`.
enum ReadText {
    /// A line for each problem.
    static func problems(_ text: String) -> [String] { problems(Array(text.utf8)) }

    static func problems(_ bytes: [UInt8]) -> [String] {
        var reader = ConfigurationReader()
        reader.take(bytes, of: "p.yaml")
        return reader.rejection.lines
    }

    /// What it says; a problem is a failure of the test.
    static func configuration(_ text: String) throws -> Configuration {
        var reader = ConfigurationReader()
        reader.take(Array(text.utf8), of: "p.yaml")
        try #require(reader.rejection.problems.isEmpty, "\(reader.rejection)")
        return reader.reading.configuration
    }
}
