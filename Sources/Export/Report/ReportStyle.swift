/// How a report looks: on a screen by day and by night, and on paper.
enum ReportStyle {
    static let text: StaticString = """
        :root{color-scheme:light dark;--back:#fff;--fore:#1c1c1c;--soft:#5f5f5f;--rule:#d4d4d4;--panel:#f5f6f8;
        --accent:#2f55c8;--warning:#8a5a00}
        @media(prefers-color-scheme:dark){:root{--back:#121212;--fore:#e4e4e4;--soft:#a0a0a0;--rule:#3a3a3a;
        --panel:#1c1d20;--accent:#8aabff;--warning:#e6be3c}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:2rem 1.5rem 4rem;max-width:70rem;background:var(--back);color:var(--fore);
        font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem}
        h2{font-size:1.25rem;margin:2.8rem 0 .2rem;padding-top:.8rem;border-top:2px solid var(--fore);display:flex;
        flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline;justify-content:space-between}
        h2 small{font-size:.8rem;font-weight:normal;color:var(--soft)}
        h3{font-size:1rem;margin:1.4rem 0 .3rem}
        p{margin:.2rem 0}
        .soft{color:var(--soft)}
        .remark{color:var(--warning);border-left:3px solid var(--warning);padding-left:.7rem;margin:.5rem 0}
        .figures{display:grid;grid-template-columns:repeat(4,1fr);gap:.7rem;padding:0;
        margin:1.5rem 0;list-style:none}
        .figures li{background:var(--panel);border:1px solid var(--rule);border-radius:.4rem;padding:.6rem .8rem}
        @media(max-width:40rem){.figures{grid-template-columns:1fr 1fr}}
        .figures b{display:block;font-size:1.45rem;line-height:1.3;font-variant-numeric:tabular-nums}
        .figures b.unknown{font-size:1.1rem;line-height:1.72;color:var(--warning)}
        .figures span{font-size:.85rem;color:var(--soft)}
        nav ol{columns:16rem;margin:.6rem 0 1.5rem;padding-left:1.6rem}
        a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
        figure{margin:1rem 0;overflow-x:auto}figure svg{max-width:100%;height:auto}
        figcaption{font-size:.85rem;color:var(--soft)}
        table{border-collapse:collapse;width:100%;margin:.3rem 0;font-size:.92rem}
        th{font-size:.8rem;font-weight:600;color:var(--soft);border-bottom:1px solid var(--fore);text-align:left}
        th,td{padding:.3rem .9rem .1rem 0;vertical-align:top;overflow-wrap:anywhere}
        th:last-child,td:last-child{padding-right:0}
        th{white-space:nowrap;overflow-wrap:normal}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .time{white-space:nowrap;font-variant-numeric:tabular-nums}
        .unknown{color:var(--warning);font-style:italic}
        tr.command td{padding:0 0 .35rem;border-bottom:1px solid var(--rule)}
        tr.bare td{border-bottom:1px solid var(--rule);padding-bottom:.35rem}
        code{font:.75rem/1.4 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;color:var(--soft);
        overflow-wrap:anywhere;user-select:all}
        code::before{content:"$ ";opacity:.6}
        footer{margin-top:3rem;border-top:1px solid var(--rule);padding-top:.6rem;font-size:.85rem;color:var(--soft)}
        @page{margin:16mm 14mm}
        @media print{:root{--back:#fff;--fore:#000;--soft:#444;--rule:#bbb;--panel:#fff;--accent:#000;--warning:#000}
        body{max-width:none;padding:0;font-size:10pt}h2,h3{break-after:avoid}tr,figure,.figures{break-inside:avoid}
        tbody.row{break-inside:avoid}thead{display:table-header-group}code{font-size:7pt}}

        """
}
