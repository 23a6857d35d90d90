import Addressing

extension Folder {
    /// The graph as it is folded for a view. The same graph and view give the same rows and edges, in the same order.
    package mutating func fold(_ view: FoldView) -> FoldedGraph {
        edges.mark(view.crossings, .crossing)
        edges.mark(view.dropped, .dropped)
        let moments = moments(view.span)
        var seen = [Bool](repeating: false, count: ends.ends.count)
        for (number, moment) in moments.enumerated() where moment != .hidden {
            seen[edges.lines[number].source] = true
            seen[edges.lines[number].destination] = true
        }
        let base = view.choices.rung ?? view.rung
        let rungs: Set<Rung> =
            view.choices.unfolded.isEmpty && view.choices.folded.isEmpty ? [base] : [base, .service, .role]
        let crowded = crowd.rows(of: ends, rungs.sorted(), seen: seen)
        let assignment = RowAssignment(ends, view, seen: seen, crowded: crowded)
        let generation = ends.generation &+ edges.keys.count
        let index: FoldIndex
        if let known = self.index, known.generation == generation, known.assignment == assignment {
            index = known
        } else {
            index = FoldIndex(ends, edges, assignment, generation: generation, after: self.index)
            frame = FrameMemory(index, after: self.index, frame)
            self.index = index
        }
        let sums = FoldSums(edges, index, view, moments, isFiltered: isFiltered)
        return FoldedGraph(rung: base, rows: rows(index, sums, view), edges: folded(index, sums, view))
    }

    /// How each edge stands at the time that is drawn.
    private func moments(_ span: FoldSpan) -> [EdgeMoment] {
        let isCompared = earlierSeconds != nil
        return edges.lines.map { line in
            if isCompared, line.flags.contains(.before) {
                return line.flags.contains(.here) && span.moment(of: line.last) == .present ? .present : .gone
            }
            guard line.flags.contains(.here) else { return .hidden }
            let moment = span.moment(of: line.last)
            return isCompared && moment == .gone ? .hidden : moment
        }
    }

    private mutating func folded(_ index: FoldIndex, _ sums: FoldSums, _ view: FoldView) -> [FoldedEdge] {
        var result: [FoldedEdge] = []
        for (fold, sum) in sums.folds.enumerated() where sum.sign.count > 0 {
            let members = frame.edges(of: fold, sum.sign) {
                index.foldEdges[index.foldStarts[fold]..<index.foldStarts[fold + 1]]
                    .filter { sums.isCounted[$0] }.map { edges.keys[$0] }
            }
            var edge = FoldedEdge(index.keys[fold], members: members)
            edge.counts = sum.later
            edge.rate = sums.rate(of: sum)
            edge.isLowerBound = view.isLossy
            edge.isCrossing = sum.flags.contains(.crossing)
            edge.isDropped = sum.flags.contains(.dropped)
            edge.isGrey = isFiltered && !sum.isWanted
            edge.standing = standing(of: sum, view)
            if let earlierSeconds, sum.flags.contains(.before), earlierSeconds > 0 {
                edge.earlierRate = Double(sum.earlier.bytes) / earlierSeconds
            }
            result.append(edge)
        }
        return result
    }

    private func standing(of sum: FoldSums.Sum, _ view: FoldView) -> EdgeStanding {
        guard let earlierSeconds else { return sum.isPresent ? .present : .gone }
        if !sum.isPresent { return .gone }
        if !sum.flags.contains(.before) { return .new }
        // Without the later one's length counts are compared as they are.
        var seconds = (earlier: 1.0, later: 1.0)
        if earlierSeconds > 0, case .window(let later) = view.span, later > 0 { seconds = (earlierSeconds, later) }
        var later = sum.later
        if earlierSeconds > 0, case .live = view.span {
            guard let told = sum.told else { return .present }
            seconds = (earlierSeconds, 1)
            later.sourceBytes = told
            later.destinationBytes = 0
            later.failures = sum.earlier.failures
        }
        return GraphDifference.isChanged(sum.earlier, later, of: seconds, factor: max(1, view.factor))
            ? .changed : .present
    }

    private mutating func rows(_ index: FoldIndex, _ sums: FoldSums, _ view: FoldView) -> [FoldedRow] {
        let marks = RowMarks(self, index, sums, view)
        let shown = index.rows.indices.filter { sums.rows[$0].sign.count > 0 }
        let names = frame.names(of: shown.map { index.rows[$0] }, in: ends.rows)
        return zip(shown, names).map { slot, name in
            let (known, sum) = (ends.rows.rows[index.rows[slot]], sums.rows[slot])
            let members = frame.ends(of: slot, sum.sign) {
                index.rowEnds[index.rowStarts[slot]..<index.rowStarts[slot + 1]]
                    .filter { sums.isSeen[$0] }.map { ends.endpoints[$0].key }
            }
            var row = FoldedRow(known.key, name: name, members: members)
            row.isOutside = known.isOutside
            row.level = known.level
            row.talksToItself = sum.talksToItself
            row.alerts = index.assignment.alerts[index.rows[slot]] ?? 0
            row.isGrey = isFiltered && !sum.isWanted
            row.mark = marks.mark(of: slot)
            return row
        }
    }
}

/// How an edge stands at a time.
enum EdgeMoment {
    case hidden, gone, present
}

extension FoldSpan {
    fileprivate func moment(of last: Timestamp) -> EdgeMoment {
        guard case .live(let now, let silence, let held) = self else { return .present }
        let idle = now.seconds.subtractingReportingOverflow(last.seconds).partialValue
        return idle <= silence ? .present : idle <= silence + held ? .gone : .hidden
    }
}
