import Terminal

/// The text of the help.
enum HelpPage {
    struct Line {
        var text: String
        var role: Role

        init(_ text: String) {
            self.text = text
            role = text.hasPrefix(" ") || text.isEmpty ? .plain : .heading
        }
    }

    /// How the chart is read, in the glyphs it is drawn with, and what does not matter at once.
    static func reading(_ glyphs: GlyphSet) -> [Line] {
        let marks: [String] =
            switch glyphs {
            case .unicode:
                [
                    " ┳ connected   ──│── not connected", " ──┏━► joins towards the arrow only",
                    " ━ busy  ─ normal  ═ crossing  ┄ gone",
                    " ○ outside   ×3 three ends",
                ]
            case .console:
                [
                    " ┬ connected   ──│── not connected", " ──┌─► joins towards the arrow only",
                    " bold busy  ═ crossing  · gone",
                    " ○ outside   x3 three ends",
                ]
            case .ascii:
                [
                    " ; connected   --|-- not connected", " --,-> joins towards the arrow only",
                    " = busy  - normal  x crossing  ~ gone", " o outside   x3 three ends",
                ]
            }
        return lines(
            [
                "Reading the chart", " a vertical line joins all who enter", " it from the left with all it leaves",
                " for on the right",
            ] + marks
                + [
                    " ! of an alert   ? who is unsure",
                    " \(glyphs == .ascii ? ">" : "»") touched by the chosen hub",
                    " + new  - gone, in Diff", " > before a rate: a lower bound", "", "Time",
                    " Space     freeze, or stop a file",
                    " [ ] { }   a step, ten steps", " End       back to now, in Chart", " T         show the timeline",
                    " P  + -    play a file; its speed",
                    "",
                    "Numbers", " 72M       bytes a second, over 60 s", " 72MB      bytes in all",
                    " not known is never shown as 0",
                    "", "Alerts", " c C       who, whom on the chart", " e         the flows that show it",
                    " /         also severity>=high",
                    "", "Commands",
                    " :fold RUNG   :path A B", " :focus NAME  :diff 10m", " :diff FILE   :speed 4",
                    " :alerts      :blocks", "",
                    "Blocks, of an agent", " b         block; asks first",
                    " x         let go, in Blocks",
                    " u         undo the last act",
                ]
        )
    }

    static let keys = lines([
        "Views", " 1 2       chart, flows", " 3 4       containers, alerts", " 5 6       blocks, health",
        " 8 9       difference, levels", " Tab       hubs", " Enter Esc into, back",
        " d         details of the chosen", " y         its record as JSON", " p         its packets",
        " n N       next alert, back", "", "Chart",
        " j k       row",
        " h l       to a caller, a callee", " . ,       edges of this row", " g G       first, last",
        " z Z       unfold, fold",
        " x         draw hubs", " o         rate, port, overlay", " m t n N   mark, path, next path",
        " =         tidy the chart", "",
        "Tables and texts", " j k g G   row, first, last", " Ctrl-f b  a page on, back",
        " s S       sort by next, reverse",
        " f         follow the newest", " a         host, empty places", " w         packets into a file", "", "Always",
        " /         filter: words, !words", " :         command", " ?         this help", " q         out; Ctrl-c now",
    ])

    private static func lines(_ texts: [String]) -> [Line] { texts.map { Line($0) } }
}
