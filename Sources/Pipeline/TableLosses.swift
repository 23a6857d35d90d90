import Flows

/// Where tables had to give way, also those that were begun anew since.
struct TableLosses {
    var flows = FlowTableCounters()
    var overflows = TableOverflows()
    /// Names forgotten early.
    var names: UInt64 = 0
    /// Sightings that were not kept.
    var sightings: UInt64 = 0
    /// Sockets that were not asked for.
    var questions: UInt64 = 0

    mutating func add(_ counters: FlowTableCounters, _ more: TableOverflows) {
        flows.evicted += counters.evicted
        flows.late += counters.late
        flows.orphanedFragments += counters.orphanedFragments
        flows.fragmentOverflows += counters.fragmentOverflows
        overflows.scopes += more.scopes
        overflows.points += more.points
        overflows.tunnels += more.tunnels
        overflows.applications += more.applications
        overflows.fragments += more.fragments
    }
}
