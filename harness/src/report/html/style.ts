/** The style of every page: no fonts and pictures from elsewhere, light and dark, from 390 px up. */
export const style = `
:root{color-scheme:light dark;--page:#f7f8f9;--card:#fff;--ink:#1b2127;--quiet:#5a6570;--line:#dce1e6;--link:#0b5fbd;
--code:#eef1f4;--good:#136b3d;--good-soft:#dff3e7;--bad:#c0262d;--bad-soft:#fbe3e3;--doubt:#8a5a00;--doubt-soft:#faeed2;--none:#56606b;--none-soft:#e9edf0}
@media (prefers-color-scheme:dark){:root{--page:#13171b;--card:#1b2026;--ink:#e4e8ec;--quiet:#9ba6b1;--line:#313840;--link:#7ab7ff;
--code:#252c33;--good:#56c98d;--good-soft:#1b3a2a;--bad:#ff7f85;--bad-soft:#4a2023;--doubt:#e5b454;--doubt-soft:#40331a;--none:#97a2ad;--none-soft:#2a3138}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1120px;margin:0 auto;padding:20px 28px 60px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}h2{font-size:19px;margin:34px 0 10px}h3,.check h1{font-size:17px;margin:0;line-height:1.35}h4{font-size:14px;margin:20px 0 6px}
a{color:var(--link)}p{margin:6px 0}.quiet{color:var(--quiet)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
pre{background:var(--code);padding:8px 10px;border-radius:6px;margin:0;max-height:26em;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.counts{display:flex;flex-wrap:wrap;gap:8px;margin:14px 0 0;padding:0;list-style:none}
.badge{display:inline-block;padding:1px 9px;border-radius:999px;font-weight:600;font-size:13px;white-space:nowrap;background:var(--none-soft);color:var(--none)}
.good{background:var(--good-soft);color:var(--good)}.bad{background:var(--bad-soft);color:var(--bad)}.doubt{background:var(--doubt-soft);color:var(--doubt)}
.alert{border-left:4px solid var(--bad);background:var(--card);padding:10px 14px;margin:14px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.matrix{display:grid;grid-template-columns:max-content 1fr;gap:10px 16px;align-items:start;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px}
.matrix b{font-size:13px;padding-top:5px}.tiles{display:flex;flex-wrap:wrap;gap:6px}
.tile{display:inline-flex;gap:5px;align-items:center;min-width:52px;justify-content:center;padding:4px 8px;border-radius:6px;text-decoration:none;font-weight:600;font-size:13px;font-variant-numeric:tabular-nums;background:var(--none-soft);color:var(--none)}
.tile.good{background:var(--good-soft);color:var(--good)}.tile.bad{background:var(--bad);color:var(--card)}.tile.doubt{background:var(--doubt-soft);color:var(--doubt)}
.tile:hover,.tile:focus-visible{outline:2px solid currentColor;outline-offset:1px}
table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);font-size:14px}
th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--line)}th{font-size:12.5px;color:var(--quiet);font-weight:600}
td.id,td.time{white-space:nowrap;font-variant-numeric:tabular-nums}td.time{text-align:right;color:var(--quiet)}td.wrap,dd{overflow-wrap:anywhere}dd{white-space:pre-line}dd>ul,dd>pre{white-space:normal}dd>pre,td pre{white-space:pre-wrap}dd li{white-space:pre-line}td pre{margin-top:6px}
.check{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;margin:16px 0;scroll-margin-top:10px}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
.check:target{border-color:var(--link)}.check header{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:baseline}.check header .up{margin-left:auto;font-size:13px}
dl{display:grid;grid-template-columns:120px minmax(0,1fr);gap:6px 14px;margin:12px 0 0;font-size:14px}dt{color:var(--quiet)}dd{margin:0}dd ul{margin:0;padding-left:18px}
details{margin-top:10px}summary{cursor:pointer;color:var(--link);font-size:14px}
.har{font-size:14px}.people{font-size:13px;overflow-wrap:anywhere}
.sequence{display:block;max-width:100%;height:auto;margin-top:8px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.sequence.narrow{display:none}
.sequence text{fill:var(--ink);font-size:12px}.sequence.narrow text{font-size:10px}
.sequence .party{font-weight:700;text-anchor:middle;font-family:system-ui,sans-serif;font-size:13px}.sequence.narrow .party{font-size:12px}
.sequence .time{fill:var(--quiet);text-anchor:end;font-size:11px}.sequence .gap{text-anchor:middle;fill:var(--quiet)}
.sequence .lane{stroke:var(--line);stroke-width:2}
.sequence g line{stroke:var(--quiet);stroke-width:1.3}.sequence g path{fill:var(--quiet)}.sequence .answer line{stroke-dasharray:4 3}
.sequence .failed line{stroke:var(--bad)}.sequence .failed path{fill:var(--bad)}.sequence .failed .label{fill:var(--bad)}
.sequence .label{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
@media (max-width:760px){main{padding:14px 14px 40px}h1{font-size:22px}.matrix{grid-template-columns:1fr;gap:4px;padding:12px}.matrix .tiles{margin-bottom:8px}
.check{padding:12px}dl{grid-template-columns:1fr;gap:1px}dd{margin-bottom:7px}.sequence.wide{display:none}.sequence.narrow{display:block}.hide{display:none}th,td{padding:6px 7px}}
@media print{.check{break-inside:avoid}}
`
