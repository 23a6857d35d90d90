import CPcap

extension BulkCut {
    /// Instructions as they are written, with jumps to places that may come later. Jumps only go forward.
    struct Assembly {
        enum Label {
            case ipv6, tcp, short, whole
        }

        private enum Branch {
            case ifTrue, ifFalse, always
        }

        private var instructions: [bpf_insn] = []
        private var jumps: [(at: Int, branch: Branch, label: Label)] = []
        private var places: [Label: Int] = [:]

        /// An instruction that is no jump.
        mutating func add(_ code: Int32, _ k: UInt32) {
            instructions.append(bpf_insn(code: UInt16(code), jt: 0, jf: 0, k: k))
        }

        /// Loads a number of that size (`BPF_B`, `BPF_H`) from the packet into A.
        mutating func load(_ size: Int32, at offset: UInt32) { add(BPF_LD | size | BPF_ABS, offset) }

        /// The same, X bytes further.
        mutating func load(_ size: Int32, atX offset: UInt32) { add(BPF_LD | size | BPF_IND, offset) }

        /// Goes to `label` when A compares with `k` as `test` says.
        mutating func jump(_ test: Int32, _ k: UInt32, to label: Label) {
            jumps.append((instructions.count, .ifTrue, label))
            add(BPF_JMP | test | BPF_K, k)
        }

        /// Goes to `label` when it does not.
        mutating func jump(_ test: Int32, _ k: UInt32, else label: Label) {
            jumps.append((instructions.count, .ifFalse, label))
            add(BPF_JMP | test | BPF_K, k)
        }

        /// Goes to `label`.
        mutating func jump(to label: Label) {
            jumps.append((instructions.count, .always, label))
            add(BPF_JMP | BPF_JA, 0)
        }

        /// Says that `label` is the next instruction.
        mutating func place(_ label: Label) {
            places[label] = instructions.count
        }

        /// The instructions, each jump with its distance.
        var code: [bpf_insn] {
            var code = instructions
            for (index, branch, label) in jumps {
                let distance = (places[label] ?? index) - index - 1
                switch branch {
                case .ifTrue: code[index].jt = UInt8(truncatingIfNeeded: distance)
                case .ifFalse: code[index].jf = UInt8(truncatingIfNeeded: distance)
                case .always: code[index].k = UInt32(truncatingIfNeeded: distance)
                }
            }
            return code
        }
    }
}
