/// How a chart looks: colours for a light and a dark background, black on white on paper.
enum ChartStyle {
    static let text: StaticString = """
        .chart{--ground:#fff;--ink:#1c1c1c;--outside:#2f55c8;--lowest:#0b6e85;--highest:#8f2f8f;--crossing:#8f0a0a;
        --warning:#ad7a00;--new:#1f7a35;--quiet:#6e6e6e;background:var(--ground);
        font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        @media(prefers-color-scheme:dark){.chart{--ground:#121212;--ink:#e4e4e4;--outside:#6e96ff;--lowest:#5abedc;
        --highest:#d778d7;--crossing:#ff5f5f;--warning:#e6be3c;--new:#5fc878;--quiet:#787878}}
        @media print{.chart{--ground:#fff;--ink:#000;--outside:#000;--lowest:#000;--highest:#000;--crossing:#000;
        --warning:#000;--new:#000;--quiet:#000}}
        .chart .frame{fill:var(--ground);stroke:var(--quiet)}
        .chart text{fill:var(--ink);dominant-baseline:central;white-space:pre}
        .chart .title,.chart .mark,.chart .letter{font-weight:bold}
        .chart .letter,.chart .mark{font-size:10px}.chart .label{font-size:11px}
        .chart .outside .letter,.chart .outside .name{fill:var(--outside)}.chart .outside rect{fill:var(--outside)}
        .chart .lowest .letter,.chart .lowest .name{fill:var(--lowest)}.chart .lowest rect{fill:var(--lowest)}
        .chart .middle rect{fill:var(--ink)}
        .chart .highest .letter,.chart .highest .name{fill:var(--highest)}.chart .highest rect{fill:var(--highest)}
        .chart .none rect{fill:none}
        .chart .alert .mark,.chart .blocked .mark{fill:var(--crossing)}.chart .unsure .mark{fill:var(--warning)}
        .chart .added .mark{fill:var(--new)}
        .chart .suffix,.chart .grey .name,.chart .small{fill:var(--quiet)}
        .chart .label{text-anchor:end;stroke:var(--ground);stroke-width:6;paint-order:stroke;pointer-events:none}
        .chart .way{fill:none;stroke:var(--ink);stroke-width:2}
        .chart .head{fill:var(--ink)}
        .chart .quiet .way{stroke:var(--quiet);stroke-width:1}.chart .quiet .head{fill:var(--quiet)}
        .chart .busy .way{stroke-width:3.5}
        .chart .gone .way{stroke:var(--quiet);stroke-dasharray:4 4}.chart .gone .head{fill:var(--quiet)}
        .chart .new .way{stroke:var(--new)}.chart .new .head{fill:var(--new)}
        .chart .crossing .way{stroke:var(--crossing);stroke-width:4.5}.chart .crossing .head{fill:var(--crossing)}
        .chart .crossing .core{fill:none;stroke:var(--ground);stroke-width:1.5}
        .chart .reach{fill:none;stroke:transparent;stroke-width:9;pointer-events:stroke}
        .chart .chip{fill:none;stroke:var(--quiet)}

        """
}
