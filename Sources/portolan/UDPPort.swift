import ArgumentParser

/// A UDP port as an argument: 1 to 65535.
enum UDPPort {
    /// For `transform:`, so that the message says what was wanted.
    static func parse(_ argument: String) throws -> UInt16 {
        guard let port = UInt16(argument), port > 0 else { throw ValidationError("a port is a number from 1 to 65535") }
        return port
    }
}
