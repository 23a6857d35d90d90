import Addressing
package import Containers
import Glibc
import Netlink
package import Privilege
import Synchronization

/// Watches this host for what is to be known of addresses: links, namespaces, containers, sockets, translations.
///
/// Owns a thread of its own that waits for events, and does what needs capabilities on the privileged one. What it learns
/// goes into an inbox as journal entries. Events come first; behind them a slow sweep finds what they missed.
@safe package final class HostWatch: @unchecked Sendable {
    /// Journal entries, in the order of their times.
    package let entries: Inbox<JournalEntry>
    /// Reports of the runtimes go in here.
    package let reports: Inbox<RuntimeReport>
    /// What a person should know, one line each, once.
    package let remarks: Inbox<String>
    /// Whose sockets are wanted, and what of that no answer came to.
    package let questions: Inbox<SocketQuestion>
    package let unanswered: Inbox<SocketQuestion>
    /// How many were not asked for.
    let unasked = Atomic<UInt64>(0)

    /// Who else learns all that goes into `entries`, at once; to be set before `begin`.
    var follower: Inbox<JournalEntry>?

    let places: WatchedPlaces
    /// Which labels say whose a container is, and what for.
    let labels: LabelKeys
    let privileged: PrivilegedThread
    private let stop: Waker
    let paths = Mutex<[NetworkNamespace: String]>([:])

    // All that follows belongs to the thread that runs `loop`. When something is due goes by the steady clock.
    package let home: NetworkNamespace
    var route: NetlinkSocket
    var routeEvents: RouteEvents
    var connections: ConnectionEvents?
    var links: LinkTable
    var roster = Roster()
    var groups: [CgroupTree] = []
    var pending: [String: PendingContainer] = [:]
    var undescribed = UndescribedContainers()
    var runtimes: [FollowedRuntime] = []
    var listeners = ListenerRounds()
    var sockets = SocketSearch()
    var budget = SocketBudget()
    var groupLookup: CgroupLookup?
    var namespaces: [NetworkNamespace: KnownNamespace] = [:]
    /// Numbers of namespaces of which nothing else is known, and when it was looked for them last.
    var strangers: Set<Int32> = []
    var searched = Timestamp(nanoseconds: .min)
    var swept = Timestamp(nanoseconds: .min)
    var said: Set<String> = []

    /// Between two sweeps, in nanoseconds.
    static var sweepInterval: Int64 { 30_000_000_000 }

    /// Opens what it watches by; throws what a person has to mend. Namespaces of others are heard only with CAP_NET_ADMIN.
    package init(
        places: WatchedPlaces = WatchedPlaces(),
        labels: LabelKeys = LabelKeys(),
        privileged: PrivilegedThread
    ) throws {
        self.places = places
        self.labels = labels
        self.privileged = privileged
        entries = try Inbox(limit: 1 << 20)
        reports = try Inbox(limit: 65_536)
        remarks = try Inbox(limit: 1024)
        questions = try Inbox(limit: 8192)
        unanswered = try Inbox(limit: 65_536)
        stop = try Waker()
        let file = try NamespaceFile(path: places.namespace)
        home = NetworkNamespace(inode: file.inode)
        links = LinkTable(home: home)
        route = try privileged.perform { () throws(NetlinkError) in try NetlinkSocket(.route) }
        routeEvents = try privileged.perform { () throws(NetlinkError) in try RouteEvents([.neighbours]) }
        do throws(NetlinkError) {
            connections = try privileged.perform { () throws(NetlinkError) in try ConnectionEvents() }
        } catch {
            connections = nil
            remark("\(error): translated connections stay two flows")
        }
    }

    /// Takes the first inventory, so that what runs already is known when this returns.
    package func begin() {
        tell([.host(home, name: Self.hostName)])
        privileged.perform {
            resynchronize()
            openGroups()
            // What is there already need not be waited for, unless it is being set up.
            for path in pending.keys { pending[path]?.due = Clock.steady }
            lookAtPending(now: Clock.steady)
            sweep()
            readConnections()
            listeners.expect(home, at: Clock.steady)
            lookAtListeners(now: Clock.steady)
        }
    }

    /// Watches until `end` is called. Runs on the caller's thread.
    package func loop() {
        var isStopped = false
        while !isStopped {
            isStopped = wait(atMost: .max)
            if !isStopped { privileged.perform { work() } }
        }
    }

    /// Waits for events, or until something is due, at most so many milliseconds; returns whether it is to stop.
    @discardableResult
    func wait(atMost limit: Int32) -> Bool {
        var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = unsafe poll(&requests, nfds_t(requests.count), min(patience, limit))
        return requests[0].revents != 0
    }

    /// A path to a namespace by which it can be opened, if one is known. From any thread.
    package func path(of namespace: NetworkNamespace) -> String? { paths.withLock { $0[namespace] } }

    /// Ends `loop`.
    package func end() { stop.wake() }

    private var descriptors: [Int32] {
        var all = [stop.descriptor, routeEvents.descriptor, reports.descriptor, questions.descriptor]
        if let descriptor = connections?.descriptor { all.append(descriptor) }
        return all + groups.map(\.descriptor)
    }

    /// Milliseconds until something is due without an event.
    private var patience: Int32 {
        let now = Clock.steady
        var due = swept.adding(Self.sweepInterval)
        for each in pending.values where each.due < due { due = each.due }
        if let listener = listeners.due, listener < due { due = listener }
        if let container = undescribed.due, container < due { due = container }
        if let socket = sockets.due, socket < due { due = socket }
        if !strangers.isEmpty { due = min(due, max(now, searched.adding(Self.searchPause))) }
        return Int32(clamping: max(0, (due.nanoseconds - now.nanoseconds + 999_999) / 1_000_000))
    }

    /// Does what there is to do. On the privileged thread.
    func work() {
        receiveRouteEvents()
        receiveGroupEvents()
        receiveReports()
        receiveConnections()
        let now = Clock.steady
        // Before all that takes longer: connections may be short.
        answerQuestions(now: now)
        lookAtPending(now: now)
        if !strangers.isEmpty, now >= searched.adding(Self.searchPause) { search(now: now) }
        lookAtListeners(now: now)
        readBundles(now: now)
        if now >= swept.adding(Self.sweepInterval) { sweep() }
    }

    /// Leaves changes as of now.
    func tell(_ changes: [JournalEntry.Change]) {
        if changes.isEmpty { return }
        let now = Clock.now
        let told = changes.map { JournalEntry(time: now, change: $0) }
        follower?.put(told)
        entries.put(told)
    }

    /// Says something once.
    func remark(_ text: String) {
        if said.count < 1024, said.insert(text).inserted { remarks.put([text]) }
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, 255) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// What is known of a namespace besides its links.
struct KnownNamespace {
    /// How to open it; for as long as that process lives or that mount stands.
    var path: String
    /// Its number at home.
    var number: Int32
}
