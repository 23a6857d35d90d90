/// What a baseline holds at most, whoever sends packets while it is learned. What has no room is counted, and that is part of it.
package enum BaselineBounds {
    /// Workloads with a profile.
    package static var workloads: Int { 1024 }
    /// Facts of all profiles together: destinations, callers, names and listeners.
    package static var facts: Int { 16_384 }
    /// The same of one profile, of each kind.
    package static var factsOfProfile: Int { 512 }
    /// Ports of one destination by one protocol; where there are more, any port is one of them.
    package static var ports: Int { 16 }
    /// Names below the same domain; where there are more, any name below it is one of them.
    package static var siblings: Int { 8 }
    /// Addresses that are remembered of a workload, and of a destination.
    package static var addresses: Int { 64 }
    package static var addressesOfPlace: Int { 8 }
    /// Bytes of an image's name and of a label's value; longer ones are cut.
    static var text: Int { 255 }
    /// Bytes of a file.
    package static var fileLength: Int { 8 << 20 }
}
