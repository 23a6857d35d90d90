/// How large a graph may become. What is beyond is folded, and `GraphFolding` says what.
package struct GraphLimits: Hashable, Sendable {
    /// Endpoints in all; further ones are `others`.
    package var endpoints = 65_536
    /// Of those, names and addresses outside; further ones are the network they are in, of 24 or 48 bits.
    package var outside = 4096
    /// Of the endpoints, those that anybody can invent; further ones are `others`.
    package var strangers = 32_768
    /// Edges in all, three quarters of them with a stranger; further ones go between `others`. When half of them are there, those
    /// that were idle for as long as minutes are kept go there, too.
    package var edges = 131_072
    /// Services between two endpoints; further ones count together, without a port.
    package var services = 64
    /// Minutes that are kept one by one.
    package var minutes = 60
    /// Edges of one minute; further ones go between `others`.
    package var edgesOfMinute = 8192
    /// Records that are under way and were told of before; what goes past it counts when it is over.
    package var open = 1 << 20
    /// Hosts that tunnels are seen between.
    package var tunnelEnds = 4096

    package init() {}

    /// How long minutes are kept, in nanoseconds.
    var span: Int64 { Int64(minutes) &* GraphMinute.length }
}

/// What was folded for want of room, in flows.
package struct GraphFolding: Hashable, Sendable {
    /// Whose address outside counts as its network.
    package var outside: UInt64 = 0
    /// An end of which counts as `others`.
    package var endpoints: UInt64 = 0
    /// That have an edge between `others`.
    package var edges: UInt64 = 0
    /// Whose service is not told apart.
    package var services: UInt64 = 0
    /// That are counted only when they are over.
    package var open: UInt64 = 0
    /// Whose hosts are not listed.
    package var tunnelEnds: UInt64 = 0

    package init() {}
}
