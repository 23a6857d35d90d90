import Dashboard
import Monitor
import Records

/// Playing them.
extension FileReading {
    mutating func play(_ change: PlaybackChange) {
        guard let whole else { return box.put(.message("the file is still being read")) }
        do {
            switch change {
            case .start(let moment):
                guard let span else { return box.put(.message("there is nothing in the file to play")) }
                player = try FilePlayer(options, span, at: moment)
                stepped = Clock.monotonic
            case .end:
                player = nil
                box.put(whole)
            default: player?.change(change)
            }
            if let player { box.put(player.snapshot(whole)) }
        } catch {
            player = nil
            box.put(.message("\(error)"))
            box.put(whole)
        }
    }

    /// Lets time go on, for as long as that takes, but no more than `playTime`; whoever asks for something waits no longer.
    mutating func goOn() {
        guard let player, let whole else { return }
        let began = Clock.monotonic
        var elapsed = began - stepped
        stepped = began
        do {
            let wasPlaying = player.isPlaying
            repeat {
                if try player.step(elapsed) { isNews = true }
                elapsed = 0
            } while !player.hasArrived && Clock.monotonic - began < Self.playTime
            if player.isPlaying != wasPlaying { isNews = true }
            let now = Clock.monotonic
            guard isNews, now - told >= playPause || player.hasArrived && !player.isPlaying else { return }
            box.put(player.snapshot(whole))
            isNews = false
            told = Clock.monotonic
            // At most a third of the time goes into pictures.
            playPause = max(100_000_000, (told - now) * 2)
        } catch {
            self.player = nil
            box.put(.message("\(error)"))
            box.put(whole)
        }
    }

    /// Nanoseconds of work between two looks at what is asked for.
    private static var playTime: Int64 { 50_000_000 }
}
