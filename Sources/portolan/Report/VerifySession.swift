import Custody
import Records
import Store

/// Looks at what is to be looked at, and tells what it found.
struct VerifySession {
    private let command: VerifyCommand

    init(_ command: VerifyCommand) { self.command = command }

    /// The exit status.
    func run() -> Int32 {
        var verdict = Verdict()
        do {
            let manifest = try command.manifest.map { try SignedManifest(path: $0) }
            // Of a manifest without a database none is looked at, unless one is named; of journals alone neither.
            let path =
                command.database ?? manifest?.manifest.database?.path
                ?? (manifest == nil && command.journal.isEmpty ? StandardFiles.database : nil)
            if let path {
                let store = try Store(reading: path)
                let answer = try store.custody()
                verdict.add(answer, of: path)
                if let known = manifest?.manifest.database { try verdict.compare(known, with: answer, store) }
            }
            for path in command.journal { verdict.add(try JournalCheck.look(at: path), of: path) }
            if let manifest { try judge(manifest, &verdict) }
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.noInput
        }
        var output = StandardOutput()
        switch command.output {
        case .text: output.write(VerdictText.text(verdict))
        case .json: output.write(VerdictJSON.lines(verdict).bytes.span)
        }
        if let failure = output.conclude() { return failure }
        return verdict.isGood ? ExitStatus.done : ExitStatus.failed
    }

    private func judge(_ signed: SignedManifest, _ verdict: inout Verdict) throws {
        let key = try command.publicKey.map { try KeyFile.publicKey($0) }
        verdict.isKeyNamed = key != nil
        verdict.signature = signed.judged(by: key)
        for file in signed.manifest.files { verdict.add(file) }
    }
}
