import Addressing
import Declarations
import Policy

extension Notation {
    /// What a profile is called in its file: small letters, digits and hyphens.
    static var workloadName: Notation<String> {
        Notation<String>("the name of a profile", written: { .text($0) }) { text throws(Mistake) in
            guard WorkloadNames.isWord(text) else {
                throw Mistake("wants small letters, digits and hyphens, not \(Quoted.text(text))")
            }
            return text
        }
    }

    /// A name that was looked up, in lower case, or `*.` and a domain.
    static var lookedUpName: Notation<String> {
        Notation<String>("a name", written: { .text($0) }) { text throws(Mistake) in
            let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
            guard let canonical = NameGroups.canonical(name) else {
                throw Mistake("wants a name such as api.example.org, not \(Quoted.text(text))")
            }
            guard canonical == name else {
                let meant = text.hasPrefix("*.") ? "*.\(canonical)" : canonical
                throw Mistake(
                    "is a name in lower case without a dot at its end, not \(Quoted.text(text))",
                    suggestion: meant
                )
            }
            return text
        }
    }

    static var address: Notation<IPAddress> {
        Notation<IPAddress>("an address", written: { .text("\($0)") }) { text throws(Mistake) in
            guard let address = IPAddress(text) else { throw Mistake("wants an address, not \(Quoted.text(text))") }
            return address
        }
    }

    /// A word such as `tcp`, or the number IANA registered.
    static var protocolNumber: Notation<UInt8> {
        let word = Notation<PolicyProtocol>.word("a protocol") as Notation<PolicyProtocol>
        return Notation<UInt8>("a protocol", written: { .number(Int($0)) }) { text throws(Mistake) in
            if let number = WholeNumber.parse(text) {
                guard let number = UInt8(exactly: number) else { throw Mistake("is from 0 to 255, not \(number)") }
                return number
            }
            return try word.parse(text).number
        }
    }

    /// One of the workloads of a file, by its name there.
    static func word(_ wanted: String, of names: [String], workloads: [String: Workload]) -> Notation<Workload> {
        Notation<Workload>(wanted, written: { .text("\($0)") }) { text throws(Mistake) in
            guard let workload = workloads[text] else {
                throw Mistake(
                    "speaks of no profile there is in \(Quoted.text(text))",
                    suggestion: Spelling.closest(to: text, among: names)
                )
            }
            return workload
        }
    }
}
