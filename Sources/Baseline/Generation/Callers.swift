/// Who calls whom among workloads: what each profile says of its destinations, the other way round.
struct Callers {
    private var calls: [Workload: [Profile.Peer]] = [:]

    /// In the order of workloads.
    init(_ baseline: Baseline) {
        for profile in baseline.profiles {
            for peer in profile.destinations {
                guard case .workload(let server) = peer.exchange.place else { continue }
                let exchange = Exchange(.workload(profile.workload), peer.exchange.service)
                calls[server, default: []].append(Profile.Peer(exchange, peer.seen))
            }
        }
    }

    /// All who call a workload: workloads, then those who are none.
    func callers(of profile: Profile) -> [Profile.Peer] { (calls[profile.workload] ?? []) + profile.callers }
}
