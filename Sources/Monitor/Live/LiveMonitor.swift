import Addressing
import Capture
package import Containers
import Glibc
import Pipeline
import Privilege
package import Records
import Synchronization

/// Captures on this host and feeds a pipeline with frames, with what is learned of the host, and with the time.
///
/// The caller's thread does the work; a second one watches the host, a third holds the capabilities, and the runtimes'
/// answers come from a fourth. Frames wait for nobody: what is learned goes first, then all frames there are.
@safe package final class LiveMonitor {
    package let watch: HostWatch
    let privileged: PrivilegedThread
    let settings: LiveSettings
    let sink: any RecordSink
    var pipeline: Pipeline
    var sources: [LiveSource] = []
    private var nextNumber: UInt32 = 0
    private var looked = Timestamp(nanoseconds: .min)
    private var watcher: Watcher?
    /// Losses of captures that are closed.
    var lost = LiveLosses()

    /// Opens what is to be captured on and takes the inventory of the host.
    ///
    /// Throws `LiveCaptureError`, `NetlinkError` or `WatchError`, whose descriptions say what to do.
    package init(settings: LiveSettings, sink: any RecordSink) throws {
        self.settings = settings
        self.sink = sink
        privileged = try PrivilegedThread()
        // From here on nothing but that thread has any: not those that are made below, and not the caller's.
        if settings.renouncesCapabilities { try PrivilegedThread.renounce() }
        watch = try HostWatch(places: settings.places, labels: settings.labels, privileged: privileged)
        var pipelineSettings = settings.pipeline
        pipelineSettings.sockets = .asked
        pipeline = Pipeline(settings: pipelineSettings, sink: sink)
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

    /// Captures until `isOver` says so; it is asked some twenty times a second.
    package func run(isOver: () -> Bool, idle: () -> Void) throws {
        watcher = try Watcher(watch)
        defer { close() }
        while !isOver() {
            wait()
            takeEntries()
            let isAll = takeFrames(within: Self.turn)
            let now = Clock.now
            // What the kernel still holds is older than now; and where it holds more, frames alone say what time it is.
            if isAll { pipeline.advance(to: now.adding(-Self.slack)) }
            if now >= looked.adding(1_000_000_000) {
                looked = now
                look(at: now)
            }
            idle()
            if !settings.interfaces.isEmpty, sources.isEmpty { break }
        }
        _ = takeFrames(within: Self.lastTurn)
        takeEntries()
        pipeline.finish()
    }

    /// Everybody who is here now. Looks at all that is open.
    package var inventory: Inventory { pipeline.inventory }

    /// How long frames may lie in the kernel's buffer, in nanoseconds.
    private static var slack: Int64 { 40_000_000 }

    private func close() {
        watch.end()
        watcher?.join()
        watch.leave()
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

    private func takeEntries() {
        let entries = watch.entries.take()
        if !entries.isEmpty {
            pipeline.change(entries)
            for entry in entries { sink.changed(entry) }
        }
        hearOfSockets()
    }

    /// How long frames are taken before all else has its turn, in nanoseconds: however many come, somebody asks how it goes,
    /// or wants it to end.
    private static var turn: Int64 { 50_000_000 }

    /// The same when it ends.
    private static var lastTurn: Int64 { 1_000_000_000 }

    /// Frames, some from each source in turn, until there are none or the time is over; whether there are none.
    private func takeFrames(within limit: Int64) -> Bool {
        let start = Clock.monotonic
        var isMore = true
        while isMore {
            if Clock.monotonic - start >= limit { return false }
            isMore = false
            for source in sources where !source.isOver {
                for turn in 0..<64 {
                    do throws(LiveCaptureError) {
                        guard try source.capture.advance() else { break }
                        pipeline.frames(source.capture.batch)
                        if turn == 63 { isMore = true }
                    } catch {
                        source.hasFailed = true
                        watch.remarks.put(["\(error)"])
                        break
                    }
                }
            }
            askForSockets()
            // What was learned meanwhile goes before what is seen next.
            if isMore { takeEntries() }
        }
        return true
    }

    /// Opens a capture in a namespace; `path` leads there, nil for the monitor's own.
    func open(_ interface: String, in namespace: NetworkNamespace, path: String?) throws {
        let number = nextNumber
        let options = settings.capture
        let capture: LiveCapture
        if let path {
            capture = try privileged.perform(in: try NamespaceFile(path: path)) {
                try LiveCapture(interface: interface, options: options, number: number)
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

/// The thread that watches the host.
@safe private final class Watcher {
    private var thread: pthread_t = 0

    init(_ watch: HostWatch) throws(WatchError) {
        let watch = unsafe Unmanaged.passRetained(watch)
        let code = unsafe pthread_create(
            &thread,
            nil,
            { watch in
                guard let watch = unsafe watch else { return nil }
                unsafe Unmanaged<HostWatch>.fromOpaque(watch).takeRetainedValue().loop()
                return nil
            },
            watch.toOpaque()
        )
        if code != 0 {
            unsafe watch.release()
            throw WatchError(operation: "start a thread", code: code)
        }
    }

    func join() { pthread_join(thread, nil) }
}
