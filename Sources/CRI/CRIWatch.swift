#if CRI
package import Containers
package import Runtimes

/// Follows a runtime through Kubernetes' Container Runtime Interface, for what no bundle tells: the labels of pods.
///
/// It is asked for lists of all, once in a while and when the kernel shows a container it has not told of. That works with every
/// runtime; its own events (`GetContainerEvents`) are young, and say nothing that the kernel does not say earlier. Absent,
/// restarting, hanging or broken it costs detail and nothing else.
package actor CRIWatch: RuntimeFollower {
    private let source: String
    private let keys: LabelKeys
    private let timing: RuntimeTiming
    private let report: @Sendable (RuntimeReport) -> Void
    private let expectations = Expectations()
    private var ledger = CRILedger()
    /// Nil at first, then whether its last word was `.connected`.
    private var isConnected: Bool?

    /// Starts nothing yet. `report` is called for one thing after the other, and must not wait for anything.
    package init(
        socket: RuntimeSocket,
        keys: LabelKeys = LabelKeys(),
        timing: RuntimeTiming = RuntimeTiming(),
        report: @escaping @Sendable (RuntimeReport) -> Void
    ) {
        source = socket.path
        self.keys = keys
        self.timing = timing
        self.report = report
    }

    package nonisolated func expect(_ identifier: String) { expectations.expect(identifier) }

    package func run() async {
        await SocketRetries(path: source, timing: timing).run {
            let failure = await follow()
            if Task.isCancelled { return .failed }
            // A containerd that only serves Docker is nothing to complain of: there are no pods.
            if failure == .strange {
                tellConnected(ledger.take([:], isAnew: false))
                return .stranger
            }
            if isConnected != false {
                isConnected = false
                report(.unreachable(source: source, reason: "\(failure)"))
            }
            return .failed
        }
    }

    /// Follows the runtime until something fails, and says what.
    private func follow() async -> CRIFailure {
        let client: CRIClient
        do throws(CRIFailure) {
            client = try await CRIClient(socket: source, timeout: timing.answer)
        } catch {
            return error
        }
        let (bell, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        expectations.ring(ringer)
        defer { expectations.ring(nil) }
        return await withTaskGroup(of: CRIFailure.self) { group in
            group.addTask {
                await client.run()
                return .closed
            }
            group.addTask { await self.ask(client, bell, ringer) }
            let first = await group.next()
            group.cancelAll()
            return first ?? .closed
        }
    }

    /// Asks for all, and again whenever it is due, until something fails.
    private func ask(
        _ client: CRIClient,
        _ bell: AsyncStream<Void>,
        _ ringer: AsyncStream<Void>.Continuation
    ) async -> CRIFailure {
        do throws(CRIFailure) {
            let runtime = ContainerRuntime(rawValue: try await client.version().runtimeName)
            var alarm: Task<Void, Never>?
            defer { alarm?.cancel() }
            var due = ContinuousClock.now
            try await list(client, runtime)
            due = .now + timing.sweep
            alarm = Self.ring(ringer, at: due)
            for await _ in bell {
                let isDue = ContinuousClock.now >= due
                guard isDue || expectations.anyLack({ ledger.knows($0) }) else { continue }
                let start = ContinuousClock.now
                try await list(client, runtime)
                alarm?.cancel()
                if isDue { due = .now + timing.sweep }
                var next = due
                if expectations.anyLack({ ledger.knows($0) }), let tries = expectations.miss() {
                    next = min(due, .now + timing.spacing * (1 << tries))
                }
                alarm = Self.ring(ringer, at: next)
                // However much happens, nine tenths of the time the runtime is left in peace.
                let peace = max(timing.spacing, (ContinuousClock.now - start) * 9)
                try? await Task.sleep(for: min(peace, timing.sweep))
            }
        } catch {
            return error
        }
        return .closed
    }

    /// Asks for all, and tells what is new.
    ///
    /// Containers come first: whatever is made meanwhile, the pod of each is there when pods are listed.
    private func list(_ client: CRIClient, _ runtime: ContainerRuntime?) async throws(CRIFailure) {
        let containers = try await client.containers()
        let pods = try await client.pods()
        let inventory = await Self.inventory(pods, containers, keys, runtime)
        tellConnected(ledger.take(inventory.containers, isAnew: isConnected != true))
    }

    /// Off the actor: it may be long.
    private nonisolated static func inventory(
        _ pods: Runtime_V1_ListPodSandboxResponse,
        _ containers: Runtime_V1_ListContainersResponse,
        _ keys: LabelKeys,
        _ runtime: ContainerRuntime?
    ) async -> CRIInventory {
        CRIInventory(pods: pods, containers: containers, keys: keys, runtime: runtime)
    }

    /// A list came: it is connected, and `reports` is what it has.
    private func tellConnected(_ reports: [RuntimeReport]) {
        if isConnected != true {
            isConnected = true
            report(.connected(source: source))
        }
        for news in reports { report(news) }
    }

    private static func ring(
        _ bell: AsyncStream<Void>.Continuation,
        at time: ContinuousClock.Instant
    ) -> Task<Void, Never> {
        Task {
            guard (try? await Task.sleep(until: time)) != nil else { return }
            bell.yield()
        }
    }
}
#endif
