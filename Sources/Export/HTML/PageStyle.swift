/// How a page looks around its chart.
enum PageStyle {
    static let text: StaticString = """
        :root{color-scheme:light dark;--back:#fff;--fore:#1c1c1c;--rule:#b8b8b8}
        @media(prefers-color-scheme:dark){:root{--back:#121212;--fore:#e4e4e4;--rule:#505050}}
        body{margin:1rem;background:var(--back);color:var(--fore);font:14px system-ui,sans-serif}
        header{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
        #figure{margin:.5rem 0;overflow:hidden}
        #figure svg{max-width:100%;height:auto;max-height:85vh;touch-action:none;cursor:grab}
        .chart .row,.chart .hub,.chart .line{cursor:pointer}
        .chart .dim{opacity:.15}
        .chart .chosen .name,.chart .row:focus .name,.chart .hub:focus .name{text-decoration:underline}
        table{border-collapse:collapse;font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        th,td{padding:.15rem .6rem;border-bottom:1px solid var(--rule);text-align:left}
        td[data-value],th.number{text-align:right}
        th button{all:unset;cursor:pointer;font-weight:bold}th button:focus-visible{outline:2px solid}
        th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
        h2{font-size:1rem;margin:1rem 0 .3rem}
        @media print{header,#details{display:none}:root{--back:#fff;--fore:#000}}

        """
}
