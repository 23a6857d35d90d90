import Privilege

/// What a command that reads captures gives up before it looks into them: whoever takes it over by a crafted file finds nothing to
/// take, and nobody to tell.
///
/// Binds the thread that calls it, and those it makes from then on. What is not to be had on this kernel is done without: `portolan doctor`
/// tells it.
enum ReaderConfinement {
    /// From now on only `files` are read ("-" is open already), only `outputs` are written, `kept` are read and
    /// written, such as those of a database, and nobody is spoken to.
    ///
    /// To be called when all else is open, and names in filters are resolved.
    static func begin(reading files: [String], writing outputs: [String] = [], keeping kept: [String] = []) {
        var confinement = FileConfinement(.reader)
        for file in files where file != "-" { confinement.allowReading(file) }
        for output in outputs where output != "-" { confinement.allowWriting(output) }
        for file in kept { confinement.allowKeeping(file: file) }
        // Each stands without the other.
        do throws(PrivilegeError) { _ = try confinement.begin() } catch { say(error, "may open all files") }
        do throws(PrivilegeError) { _ = try SystemCallFilter.install(.reader) } catch {
            say(error, "may speak to anybody")
        }
    }

    private static func say(_ error: PrivilegeError, _ consequence: String) {
        StandardError.say("\(Printable.text("\(error)")); whoever reads \(consequence)")
    }

    /// From now on nobody is spoken to: for a thread beside one that reads, which opens what the person at the screen names.
    static func silence() {
        // That one has said already what is not to be had.
        _ = try? SystemCallFilter.install(.reader)
    }

    /// As `begin`, for the files of a source.
    static func begin(_ options: FileSourceOptions, writing outputs: [String] = []) {
        begin(reading: options.paths + [options.identity].compactMap(\.self), writing: outputs)
    }
}
