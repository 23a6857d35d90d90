import ArgumentParser

@main struct Portolan: ParsableCommand {
    func run() {}
}
