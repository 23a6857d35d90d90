import Graph

/// Names as an attacker would choose them, and a graph of rows that have them.
enum Hostile {
    static let names = [
        "quote\"; attack [label=\"x", "back\\slash\\", "new\nline\r\n", "]]><!--", "--><script>alert(1)</script>",
        "<img src=x onerror=document.title='owned'>", "'><svg/onload=document.title='owned'>", "&lt;&amp;\\N\\G",
        "\u{1b}[2J\u{7}\u{0}", "\u{202e}gnp.exe\u{2066}", "`end` end %%{init: {}}%% --> b", "#quot;#35;", "a|b]|c",
        "zalgo" + String(repeating: "\u{301}", count: 400), String(repeating: "long", count: 500), "名前", "שלום",
        "</style><style>*{background:url(http://192.0.2.1/)}", "</title></svg><base href=//192.0.2.1/>", "style:x\";",
        "javascript:alert(1)", "${jndi:ldap://192.0.2.1}", "\u{fffe}\u{ffff}\u{e000}", "",
    ]

    static var graph: FoldedGraph {
        let levels = Level.ordered(["<b>low", "high\"'"])
        let rows = names.enumerated().map { index, name in
            var row = FoldedRow(
                RowKey(.service, name, level: index % 3 == 2 ? nil : index % 3),
                name: name,
                members: [EndpointKey(.container, name)]
            )
            row.level = index % 3 == 2 ? nil : levels[index % 3]
            return row
        }
        .sorted { $0.key < $1.key }
        let edges = rows.indices.dropFirst().map { index in
            var edge = FoldedEdge(
                FoldedEdgeKey(rows[(index - 1) / 2].key, rows[index].key, protocolNumber: 6, port: 80),
                members: []
            )
            edge.rate = Double(index) * 1000
            edge.overlay = rows[index].name
            return edge
        }
        return FoldedGraph(rung: .service, rows: rows, edges: edges.sorted { $0.key < $1.key })
    }
}
