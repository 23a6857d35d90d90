/// A list of addresses or domains that nothing good is behind, kept in a file by somebody else.
package struct Feed: Hashable, Sendable {
    /// What people know it by; stands in what is found.
    package var name: String
    /// The absolute path of the file.
    package var file: String
    package var format: FeedFormat

    package init(name: String, file: String, format: FeedFormat) {
        self.name = name
        self.file = file
        self.format = format
    }
}

/// How the lines of a feed are written. What follows `#` or `;` is a comment in all of them, and empty lines say nothing.
package enum FeedFormat: String, Hashable, Sendable, CaseIterable {
    /// An address or a block a line: `192.0.2.7`, `198.51.100.0/24`, `2001:db8::/32`.
    case addresses
    /// A domain a line, which stands for all below it, too; `*.` or a dot before it is left out.
    case domains
    /// As hosts(5): an address, and names after it. The names are meant.
    case hosts
    /// Spamhaus DROP: `1.10.16.0/20 ; SBL256894`, or an object with the key `cidr` a line.
    case drop
}
