package import Graph
package import Layout

/// A chart as one page that opens from a file: the picture, a search, details, and the edges as a table. It asks nobody for anything: its
/// policy forbids that, and lets only its own script run, by its hash. Styles are allowed as they stand: none has anything from outside in
/// it, and with all else forbidden none could fetch.
package struct HTMLPage {
    let graph: FoldedGraph
    let layout: ChartLayout
    let caption: ChartCaption
    var html = MarkupText()

    /// The same graph, layout and caption give the same bytes. `width` as `SVGText` takes it.
    package static func text(
        of graph: FoldedGraph,
        layout: ChartLayout,
        caption: ChartCaption,
        width: @escaping (String) -> Int
    ) -> [UInt8] {
        var page = Self(graph: graph, layout: layout, caption: caption)
        page.write(SVGText.element(of: graph, layout: layout, caption: caption, width: width))
        return page.html.bytes
    }

    private mutating func write(_ picture: MarkupText) {
        html.literal("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        html.literal(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        )
        html.literal("script-src '")
        html.literal(PageScript.hash)
        html.literal("'; base-uri 'none'; form-action 'none'\">\n")
        html.literal("<meta name=\"viewport\" content=\"width=device-width\">\n")
        html.literal("<meta name=\"referrer\" content=\"no-referrer\">\n")
        html.element("title", text: caption.title)
        html.literal("\n<style>\n")
        html.literal(PageStyle.text)
        html.literal("</style>\n</head>\n<body>\n")
        writeControls()
        html.literal("<div id=\"figure\" tabindex=\"0\">\n")
        html.append(picture)
        html.literal("\n</div>\n<section id=\"details\" aria-live=\"polite\">")
        html.element("h2", text: "Click a name or a line, and its edges stand here.")
        html.literal("</section>\n")
        writeTable()
        html.literal("<script>")
        html.literal(PageScript.text)
        html.literal("</script>\n</body>\n</html>\n")
    }

    private mutating func writeControls() {
        html.literal("<header>\n<label>Search <input id=\"search\" type=\"search\" autocomplete=\"off\"></label>\n")
        html.literal("<output id=\"found\"></output>\n")
        html.literal("<button type=\"button\" data-key=\"+\" aria-label=\"larger\">+</button>\n")
        html.literal("<button type=\"button\" data-key=\"-\" aria-label=\"smaller\">−</button>\n")
        html.literal("<button type=\"button\" data-key=\"0\">whole</button>\n</header>\n")
    }
}
