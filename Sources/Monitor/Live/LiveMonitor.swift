import Addressing
import Capture
package import Containers
import Glibc
package import Pipeline
package import Privilege
package import Records
import Synchronization

/// Captures on this host and feeds a pipeline with frames, with what is learned of the host, and with the time.
///
/// The caller's thread does the work; a second one watches the host, a third holds the capabilities, and the runtimes'
/// answers come from a fourth. Frames wait for nobody: what is learned goes first, then all frames there are.
@safe package final class LiveMonitor {
    package let watch: HostWatch
    package let privileged: PrivilegedThread
    /// For whoever changes tables in the kernel: a block would wait while listeners are looked for in many namespaces.
    package let enforcing: PrivilegedThread?
    /// Called when it ends, while what needs capabilities can still be done.
    package var willEnd: () -> Void = {}
    let settings: LiveSettings
    let sink: any RecordSink
    var pipeline: Pipeline
    var sources: [LiveSource] = []
    private var nextNumber: UInt32 = 0
    /// The thread that watches the host.
    private var watcher: WorkerThread?
    /// What captures that are closed took and lost.
    var lost = LiveLosses()
    /// When the newest frame passed of those taken since none waited.
    var newest: Timestamp?
    var pressure: Pressure
    var pace = UpdatePace()
    var clock = ClockWatch()
    // By the monotonic clock, in nanoseconds.
    /// When it was looked at what is looked at once a second; nil: it is due.
    var looked: Int64?
    /// When the clock was set back last.
    var startedOver: Int64?
    var isEnding = false
    var ended: Int64?

    /// Opens what is to be captured on and takes the inventory of the host.
    ///
    /// Throws `LiveCaptureError`, `NetlinkError` or `WatchError`, whose descriptions say what to do.
    package init(settings: LiveSettings, sink: any RecordSink) throws {
        self.settings = settings
        self.sink = sink
        privileged = try PrivilegedThread()
        enforcing = settings.enforces ? try PrivilegedThread() : nil
        // From here on nothing but those threads has any: not those that are made below, and not the caller's.
        if settings.renouncesCapabilities { try PrivilegedThread.renounce() }
        watch = try HostWatch(places: settings.places, labels: settings.labels, privileged: privileged)
        watch.follower = settings.follower
        var pipelineSettings = settings.pipeline
        pipelineSettings.sockets = .asked
        pipeline = Pipeline(settings: pipelineSettings, sink: sink)
        pipeline.log = settings.log
        pressure = Pressure(order: Self.order(settings))
        let home = watch.home
        if settings.interfaces.isEmpty {
            try open("any", in: home, path: nil)
        } else {
            for name in settings.interfaces { try open(name, in: home, path: nil) }
        }
        watch.follow(settings.runtimes)
        watch.begin()
        takeEntries()
    }

    /// Captures until `isOver` says so; it is asked some twenty times a second, however much comes.
    ///
    /// Then it takes what came before, ends all flows and returns: within some seconds, of which taking is at most one.
    package func run(isOver: () -> Bool, idle: () -> Void) throws {
        let watch = watch
        watcher = try WorkerThread { watch.loop() }
        defer { close() }
        applyDetail()
        var isMore = false
        var work: Int64 = 0
        while !isOver() {
            if !isMore { wait() }
            let began = Clock.monotonic
            followClock()
            takeEntries()
            isMore = !takeFrames(until: began + Self.turnTime)
            let now = settings.now()
            // What the kernel still holds is older than now.
            if !isMore { pipeline.advance(to: now.adding(-Self.slack)) }
            idle()
            let steady = Clock.monotonic
            work += steady - began
            if looked.map({ steady - $0 >= 1_000_000_000 }) ?? true {
                if let looked { pace(busy: Double(work) / Double(steady - looked)) }
                looked = steady
                work = 0
                look(at: now)
            }
            if !settings.interfaces.isEmpty, sources.isEmpty { break }
        }
        conclude()
    }

    /// Who wants to see the packets of some flows, from the next frames on; nil: nobody.
    package var tap: (any PacketTap)? {
        get { pipeline.tap }
        set { pipeline.tap = newValue }
    }

    /// Everybody who is here now. Looks at all that is open.
    package var inventory: Inventory { pipeline.inventory }

    /// All that is so now, in an order in which a journal can take it. Looks at all that is open.
    package var standing: [JournalEntry.Change] { pipeline.standing }

    /// How long frames may lie in the kernel's buffer, in nanoseconds.
    private static var slack: Int64 { 40_000_000 }

    private func close() {
        willEnd()
        watch.end()
        watcher?.join()
        watch.leave()
        enforcing?.end()
        privileged.end()
    }

    private func wait() {
        var requests = [watch.entries.descriptor, watch.unanswered.descriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        for source in sources where !source.isOver {
            requests.append(pollfd(fd: source.capture.descriptor, events: Int16(POLLIN), revents: 0))
        }
        _ = unsafe poll(&requests, nfds_t(requests.count), pipeline.hasWaiting ? 10 : 50)
    }

    /// Takes in what was learned of the host. None of it is of later than now: the clock may have been set back since.
    func takeEntries() {
        var entries = watch.entries.take()
        if !entries.isEmpty {
            let now = settings.now()
            for index in entries.indices where entries[index].time > now { entries[index].time = now }
            pipeline.change(entries)
            for entry in entries { sink.changed(entry) }
        }
        hearOfSockets()
    }

    /// Opens a capture in a namespace; `path` leads there, nil for the monitor's own.
    func open(_ interface: String, in namespace: NetworkNamespace, path: String?) throws {
        let number = nextNumber
        let options = settings.capture
        let capture: LiveCapture
        if let path {
            // Whoever has no capabilities may not even open it.
            capture = try privileged.perform { () throws -> LiveCapture in
                let file = try NamespaceFile(path: path)
                return try privileged.within(file) {
                    try LiveCapture(interface: interface, options: options, number: number)
                }
            }
        } else {
            capture = try privileged.perform { () throws(LiveCaptureError) in
                try LiveCapture(interface: interface, options: options, number: number)
            }
        }
        nextNumber += 1
        let seesAll = interface == "any"
        if seesAll {
            pipeline.watch(namespace, interface: number)
        } else {
            let index = privileged.perform { unsafe if_nametoindex(interface) }
            pipeline.watch(InterfaceKey(namespace: namespace, index: index), named: interface, interface: number)
        }
        sources.append(LiveSource(capture, number: number, namespace: namespace, seesAll: seesAll))
    }
}
