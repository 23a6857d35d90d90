import Addressing
import HTTP
import Records
import Store

/// Alerts as lines of JSON, first those that are stored and then those that come.
actor AlertLines {
    private let request: AlertRequest
    /// Nil when nothing more is read from it: an old file is not held open for whoever follows.
    private var store: Store?
    private let live: Subscription<AlertRecord>?
    private var place: AlertPlace?
    /// Whether something failed, after which nothing more is told.
    private var hasFailed = false
    private var told: ToldAlerts

    init(_ request: AlertRequest, store: Store?, live: Subscription<AlertRecord>?, now: Timestamp) {
        self.request = request
        self.live = live
        self.store = request.isStored ? store : nil
        told = ToldAlerts(now: now)
    }

    /// The next lines; an empty line says only that there is somebody, and nil that nothing more comes.
    func next() async -> [UInt8]? {
        while let store {
            do {
                let records = try await stored(store)
                if !records.isEmpty { return lines(records) }
            } catch {
                self.store = nil
                hasFailed = true
                return ErrorText.line("\(error)")
            }
        }
        guard let live, !hasFailed else { return nil }
        while let portion = await live.next() {
            let writer = JSONRecordWriter()
            if portion.dropped > 0 {
                writer.write(dropped: portion.dropped, at: portion.elements.first?.time ?? told.now)
            }
            for record in portion.elements where isWanted(record) { writer.write(record) }
            if writer.count > 0 { return writer.bytes }
            if portion.elements.isEmpty { return [0x0a] }
        }
        return nil
    }

    private func isWanted(_ record: AlertRecord) -> Bool {
        if let since = request.query.since, record.time < since { return false }
        return request.query.filter.holds(of: record) && !told.remove(record)
    }

    /// Some stored ones, oldest first. When the last of them were read, there is no store any more.
    private func stored(_ store: Store) async throws -> [AlertRecord] {
        if let last = request.last {
            let records = try await newest(last, store)
            self.store = nil
            return records
        }
        let (query, place) = (request.query, place)
        let page = try await store.asked { try $0.alerts(query, from: place) }
        self.place = page.next
        if page.next == nil { self.store = nil }
        return page.records
    }

    private func newest(_ count: Int, _ store: Store) async throws -> [AlertRecord] {
        var query = request.query
        query.isNewestFirst = true
        let asked = query
        var found: [AlertRecord] = []
        var place: AlertPlace?
        repeat {
            let (from, limit) = (place, count - found.count)
            let page = try await store.asked { try $0.alerts(asked, from: from, limit: limit) }
            found += page.records
            place = page.next
        } while place != nil && found.count < count
        return found.reversed()
    }

    private func lines(_ records: [AlertRecord]) -> [UInt8] {
        let writer = JSONRecordWriter()
        for record in records {
            if live != nil { told.insert(record) }
            writer.write(record)
        }
        return writer.bytes
    }
}
