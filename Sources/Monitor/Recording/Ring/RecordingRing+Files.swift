import Addressing
import Containers
import Glibc
import Synchronization

/// What the thread does that writes the files.
extension RecordingRing {
    /// It runs; nil: no more.
    func serve(_ wake: (@Sendable () -> Void)?) { state.withLock { $0.wake = wake } }

    /// Another file begins.
    func began(_ number: UInt32, _ path: String) {
        state.withLock { state in
            state.endFile()
            state.files.append(RingFile(number: number, path: path))
        }
    }

    func wrote(_ bytes: Int, _ span: ClosedRange<Timestamp>?) {
        state.withLock { state in
            state.written += UInt64(bytes)
            guard let last = state.files.indices.last, !state.files[last].isOver else { return }
            state.files[last].add(bytes, span)
            state.bytes += bytes
            state.kept.grow(state.files[last].number, by: bytes)
            if let span { state.newest = span.upperBound }
        }
        work()
    }

    /// The newest file is over; `isGone`: and was removed, as there is nothing in it.
    func ended(isGone: Bool = false) {
        state.withLock { state in
            state.endFile()
            guard isGone, let last = state.files.popLast() else { return }
            state.bytes -= last.bytes
            state.kept.remove(last.number)
        }
        work()
    }

    func releaseFiles() {
        let names = state.withLock { state in
            defer { state.releases = [] }
            for name in state.releases {
                state.kept.removeAll(under: name)
                state.links.removeAll { $0.name == name }
            }
            if !state.releases.isEmpty { state.isFull = false }
            return state.releases
        }
        let pattern = RecordingSettings(ring: settings)
        for name in names {
            let folder = "\(settings.cases)/\(name)"
            for file in RingFile.left(in: folder, pattern) { unsafe unlink(file.path) }
            unsafe rmdir(folder)
        }
    }

    /// Looks at what is kept where there is no room for more, now and then: somebody may have removed it by hand.
    func lookAgain() {
        let now = Clock.monotonic
        let isTime = state.withLock { state in
            guard state.isFull, state.looked.map({ now - $0 >= settings.patience }) ?? true else { return false }
            state.looked = now
            return true
        }
        guard isTime else { return }
        var kept = KeptFiles(in: settings)
        state.withLock { state in
            for (name, file) in state.links { kept.keep(file, under: name) }
            if kept.bytes < state.kept.bytes || kept.files.count < state.kept.files.count { state.isFull = false }
            state.kept = kept
        }
    }

    func linkFiles() {
        let links = state.withLock { state in
            state.planLinks(settings)
            defer { state.links = [] }
            return state.links
        }
        if links.isEmpty { return }
        unsafe mkdir(settings.cases, 0o750)
        for (name, file) in links {
            let folder = "\(settings.cases)/\(name)"
            unsafe mkdir(folder, 0o750)
            let failed = unsafe link(file.path, "\(folder)/\(file.name)") != 0 && errno != EEXIST
            let code = failed ? errno : 0
            state.withLock { state in
                guard failed else {
                    state.fault = 0
                    return
                }
                state.forget(file.number, under: name)
                guard state.fault != code else { return }
                state.fault = code
                let reason = unsafe String(cString: strerror(code))
                state.remarks.append("packets of an alert cannot be kept in \(folder): \(reason)")
            }
        }
    }

    func removeFiles() {
        // Whoever does not write does not know what is there.
        let files = state.withLock { $0.wake == nil ? [] : $0.takeOld(settings) }
        for file in files { unsafe unlink(file.path) }
    }
}

extension RecordingRing.State {
    mutating func endFile() {
        if let last = files.indices.last { files[last].isOver = true }
    }

    /// Which files are to be linked, which count as kept from here on: for what is new of all that are there, else of the one that is
    /// written to. What is over is forgotten.
    mutating func planLinks(_ settings: RingSettings) {
        for name in wishes.filter(\.value.isNew).keys.sorted() {
            for file in files.reversed() { plan(file, for: name, settings) }
            wishes[name]?.isNew = false
        }
        if let last = files.last, let span = last.span {
            let names = kept[last.number]?.names ?? []
            for (name, wish) in wishes where span.overlaps(wish.span) && !names.contains(name) {
                plan(last, for: name, settings)
            }
        }
        // Another file was begun behind what was asked for; or nobody writes one.
        let begin = files.last?.span?.lowerBound ?? newest
        for (name, wish) in wishes where begin > wish.span.upperBound || wake == nil { wishes[name] = nil }
    }

    private mutating func plan(_ file: RingFile, for name: String, _ settings: RingSettings) {
        guard let wish = wishes[name], let span = file.span, span.overlaps(wish.span), file.number >= wish.first,
            !wish.refused.contains(file.number), kept[file.number]?.names.contains(name) != true
        else { return }
        guard hasRoom(for: file, settings) else {
            wishes[name]?.refused.insert(file.number)
            refused += 1
            sayFull(settings)
            return
        }
        kept.keep(file, under: name)
        links.append((name, file))
    }

    /// Whether it may be kept: a file that is written to counts as if it were full already.
    private func hasRoom(for file: RingFile, _ settings: RingSettings) -> Bool {
        if kept[file.number] != nil { return true }
        guard kept.files.count < RingSettings.keptLimit else { return false }
        let grows = files.last.flatMap { $0.isOver || kept[$0.number] == nil ? nil : $0 }
        let reserve = grows.map { max(0, settings.fileSize - $0.bytes) } ?? 0
        let own = file.isOver ? file.bytes : max(file.bytes, settings.fileSize)
        return kept.bytes + reserve + own <= settings.kept
    }

    /// It could not be linked.
    mutating func forget(_ number: UInt32, under name: String) {
        kept.remove(number, under: name)
        wishes[name]?.refused.insert(number)
        refused += 1
    }

    /// The files that go: beyond the size, beyond the age, never the last.
    mutating func takeOld(_ settings: RingSettings) -> [RingFile] {
        var count = 0
        while count < files.count - 1 {
            let file = files[count]
            let isOld = settings.age.map { age in
                file.isOver && newest.nanoseconds - (file.span?.upperBound ?? newest).nanoseconds > age
            }
            guard bytes > settings.size || isOld ?? false || files.count - count > RingSettings.fileLimit else { break }
            bytes -= file.bytes
            count += 1
        }
        let old = Array(files.prefix(count))
        files.removeFirst(count)
        return old
    }
}
