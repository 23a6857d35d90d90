/// What is read of feeds at most.
package enum FeedBounds {
    /// Feeds of a policy.
    package static var feeds: Int { 64 }
    /// Blocks of addresses of all feeds; further ones are counted.
    package static var addresses: Int { 2_000_000 }
    /// Domains of all feeds; further ones are counted.
    package static var domains: Int { 2_000_000 }
    /// Bytes of a file; what is behind them is not read.
    package static var fileLength: Int { 256 << 20 }
    /// Bytes of a line; a longer one is left out, and counted.
    package static var lineLength: Int { 1024 }
    /// Lines that could not be read and are told of one feed; more are counted.
    package static var problems: Int { 10 }
    /// The fewest bits that a block has: what is wider was written by mistake, and would match everything.
    static var shortestV4: UInt8 { 8 }
    static var shortestV6: UInt8 { 16 }
}
