import Addressing
import Flows
import HTTP
import Records
import Store

/// Flows as lines of JSON, first those that are stored and then those that come.
actor FlowLines {
    private let request: FlowRequest
    /// Nil when nothing more is read from it: an old file is not held open for whoever follows.
    private var store: Store?
    private let live: Subscription<FlowRecord>?
    private var place: FlowPlace?
    private var isStored: Bool {
        didSet { if !isStored { store = nil } }
    }
    /// Whether something failed, after which nothing more is told.
    private var hasFailed = false
    /// Stored ones that may come again, as they were stored while it was followed.
    private var told: Set<FlowIdentifier> = []
    private let since: Timestamp

    /// How long before it is told of as over the last packet of a flow may have passed, in nanoseconds: as long as a connection may
    /// be idle, and some time to be stored.
    private static var overlap: Int64 { 400_000_000_000 }
    /// Flows that are remembered as told.
    private static var toldLimit: Int { 1 << 17 }

    init(_ request: FlowRequest, store: Store?, live: Subscription<FlowRecord>?, now: Timestamp) {
        self.request = request
        self.store = store
        self.live = live
        isStored = request.isStored && store != nil
        if !isStored { self.store = nil }
        since = Timestamp(nanoseconds: now.nanoseconds &- Self.overlap)
    }

    /// The next lines; an empty line says only that there is somebody, and nil that nothing more comes.
    func next() async -> [UInt8]? {
        while isStored {
            do {
                if let lines = try await stored() { return lines }
            } catch {
                isStored = false
                hasFailed = true
                return ErrorText.line("\(error)")
            }
        }
        guard let live, !hasFailed else { return nil }
        while let portion = await live.next() {
            let writer = JSONRecordWriter(selection: .all)
            if portion.dropped > 0 { writer.write(dropped: portion.dropped, at: portion.elements.first?.last ?? since) }
            for record in portion.elements where isWanted(record) { writer.write(record) }
            if writer.count > 0 { return writer.bytes }
            if portion.elements.isEmpty { return [0x0a] }
        }
        return nil
    }

    private func isWanted(_ record: FlowRecord) -> Bool {
        guard record.action == .ended || request.tellsAll else { return false }
        if record.action == .ended, told.remove(record.identifier) != nil { return false }
        return request.query.filter.isEmpty || request.query.filter.holds(of: FilteredFlow(record))
    }

    /// Some lines of stored flows; nil when this read told nothing.
    private func stored() async throws -> [UInt8]? {
        if let last = request.last { return try await newest(last) }
        let page = try await page(request.query, limit: 512)
        guard !page.records.isEmpty else { return nil }
        return lines(page.records)
    }

    /// The newest of those that go on and those that are over, by their last packets.
    private func newest(_ count: Int) async throws -> [UInt8]? {
        var query = request.query
        query.isNewestFirst = true
        query.hasEnded = false
        // First those that go on: one that ends meanwhile comes twice, and not never.
        let open = try await newest(count, of: query)
        (query.hasEnded, query.hasOpen) = (true, false)
        let ended = try await newest(count, of: query)
        isStored = false
        let ends = Dictionary(ended.map { ($0.identifier, $0.last) }) { max($0, $1) }
        let goesOn = open.filter { record in ends[record.identifier].map { $0 < record.last } ?? true }
        let found = (ended + goesOn).sorted { $0.last > $1.last }.prefix(count)
        return found.isEmpty ? nil : lines(found.reversed())
    }

    private func newest(_ count: Int, of query: FlowQuery) async throws -> [FlowRecord] {
        guard let store else { return [] }
        var found: [FlowRecord] = []
        var place: FlowPlace?
        repeat {
            let (from, limit) = (place, count - found.count)
            let page = try await store.asked { try $0.flows(query, from: from, limit: limit) }
            found += page.records
            place = page.next
        } while place != nil && found.count < count
        return found
    }

    private func page(_ query: FlowQuery, limit: Int) async throws -> FlowPage {
        guard let store else { return FlowPage(records: [], next: nil) }
        let place = place
        let page = try await store.asked { try $0.flows(query, from: place, limit: limit) }
        self.place = page.next
        isStored = page.next != nil
        return page
    }

    private func lines(_ records: [FlowRecord]) -> [UInt8] {
        let writer = JSONRecordWriter(selection: .all)
        for record in records {
            if live != nil, record.action == .ended, record.last >= since, told.count < Self.toldLimit {
                told.insert(record.identifier)
            }
            writer.write(record)
        }
        return writer.bytes
    }
}
