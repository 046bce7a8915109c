/* The style of the kit: A4, black on white, one hue; and the policy that lets this style in and
 * nothing else. On Letter the same sheets fit, since nothing is laid out by the height of a page.
 *
 * It holds no word of a scenario or a language, so that its hash is the same for every kit. */
#include "report/kit_parts.h"

static const char *const lines[] = {
    /* the page */
    "@page{size:A4;margin:11mm 14mm 14mm;@bottom-left{content:'【訓練】EXERCISE';",
    "font:700 8pt sans-serif;color:#a3161f}",
    "@bottom-right{content:counter(page) ' / ' counter(pages);",
    "font:8pt sans-serif;color:#444}}",
    "*{box-sizing:border-box}",
    "html{color:#16202b;background:#e8ebef;font:10pt/1.45 'Hiragino Sans','Yu Gothic UI',",
    "'Noto Sans JP','Noto Sans CJK JP','Segoe UI',Roboto,'Helvetica Neue',sans-serif;",
    "line-break:strict;overflow-wrap:anywhere;-webkit-print-color-adjust:exact;",
    "print-color-adjust:exact}",
    "body{margin:0}main{display:block;max-width:210mm;margin:0 auto}",
    ".sheet{display:table;width:100%;background:#fff}",
    ".sheet-head{display:table-header-group}.sheet-foot{display:table-footer-group}",
    ".sheet-head,.sheet-foot{break-inside:avoid}",
    ".sheet-body{display:table-row-group}",
    ".bar{display:flex;justify-content:space-between;gap:1em;align-items:baseline;font-size:8.5pt}",
    ".sheet-head .bar{border-bottom:1.5pt solid #1d3f66;padding:0 0 1.5mm;margin:0 0 4mm}",
    ".sheet-foot .bar{border-top:.5pt solid #8a96a3;padding:1mm 0 0;margin:3mm 0 0;color:#444}",
    ".mark{color:#a3161f;letter-spacing:.06em}.eyes{font-weight:700;text-align:right}",
    /* text */
    "h1,h2,h3,h4,p,ul,ol,dl,blockquote{margin:0}",
    "h1,h2,h3,h4{line-height:1.3;break-after:avoid;color:#1d3f66}",
    "h1{font-size:23pt}h2{font-size:16pt;margin:0 0 2mm}h3{font-size:11.5pt;margin:4mm 0 1mm}",
    "h4{font-size:9.5pt;margin:3mm 0 .5mm}",
    "p{margin:0 0 2mm;orphans:3;widows:3}ul,ol{padding-left:1.4em}li{margin:0 0 .7mm}",
    ".kind{font-size:9pt;font-weight:700;letter-spacing:.08em;color:#5a6775;margin:0 0 1mm}",
    ".quiet,.note{color:#4a5663;font-size:9pt}.note{margin-left:1em}",
    ".summary{font-size:11.5pt}",
    "code{font-family:ui-monospace,'Noto Sans Mono',monospace;font-size:.92em}",
    "blockquote{border-left:2pt solid #8a96a3;padding:0 0 0 3mm;margin:0 0 2mm}",
    "dl{margin:3mm 0}dl>div{display:grid;grid-template-columns:34mm 1fr;gap:3mm;padding:.8mm 0;",
    "border-bottom:.4pt solid #d5dbe1}dt{font-size:9pt;font-weight:700;color:#4a5663}dd{margin:0}",
    "table{width:100%;border-collapse:collapse;font-size:9.5pt;margin:1mm 0 3mm}",
    "thead{display:table-header-group}tr{break-inside:avoid}",
    "th{text-align:left;font-size:8.5pt;color:#fff;",
    "background:#1d3f66;padding:1mm 2mm;white-space:nowrap}",
    "td{vertical-align:top;padding:1.3mm 2mm;border-bottom:.4pt solid #b9c2cb}",
    "td.name{font-weight:700;width:26%}td.time{white-space:nowrap}",
    /* the cover */
    ".cover dl{columns:2;column-gap:7mm}.cover dl>div{grid-template-columns:26mm 1fr;",
    "break-inside:avoid}.cover h1{margin:1mm 0 3mm}.cover .summary{font-size:10.5pt}",
    ".cover h2{font-size:12pt;margin:3mm 0 1mm}.cover ol{font-size:9.3pt}",
    ".cover td{padding:.9mm 2mm}",
    /* role cards */
    ".columns{display:grid;grid-template-columns:1fr 1fr;gap:0 7mm}",
    ".card{border:.8pt solid #1d3f66;border-radius:2mm;padding:2mm 5mm 2mm;margin:3mm 0 0;",
    "background:#f5f8fb;font-size:9.3pt;columns:2;column-gap:7mm}.card h3{margin:1mm 0;",
    "column-span:all}.card li{break-inside:avoid}.card p:has(+ul){break-after:avoid}",
    ".authority{font-weight:700}.rules{columns:2;column-gap:7mm;font-size:9.2pt}",
    ".rules li,.slots li{break-inside:avoid}.slots{columns:3;column-gap:6mm;font-size:9.5pt}",
    /* the list of injects */
    "td.number{font-weight:700;width:11mm;white-space:nowrap}",
    ".msel td.when{width:31%}td.weight{width:17%;font-size:8.5pt}",
    "td.fill{width:19mm;border-left:.4pt solid #b9c2cb;border-right:.4pt solid #b9c2cb}",
    "td .title{display:block;font-weight:700}td .quiet{display:block}",
    ".inject{border-top:1pt solid #1d3f66;padding:2mm 0 5mm}.inject h3{margin:0 0 1mm}",
    ".inject .number{display:inline-block;min-width:8mm;color:#fff;background:#1d3f66;",
    "border-radius:1mm;text-align:center;padding:0 1.5mm;margin-right:2.5mm}",
    ".inject dl{font-size:9.5pt;margin:1mm 0 2mm;break-inside:avoid;break-after:avoid}",
    ".inject .text{border-left:2pt solid #d5dbe1;",
    "padding-left:4mm}.truth{display:block;color:#a3161f;font-size:9.5pt}",
    ".options{list-style:none;padding:0}.options li{break-inside:avoid}",
    /* handouts */
    ".strip{display:flex;justify-content:space-between;align-items:baseline;font-size:9pt;",
    "color:#4a5663;border-bottom:1pt dashed #16202b;padding:0 0 2mm;margin:0 0 7mm}",
    ".strip strong{font-size:13pt;color:#16202b}",
    ".message{border:1pt solid #1d3f66;border-radius:2mm;padding:5mm 7mm}",
    ".message .text{font-size:11.5pt;line-height:1.65;margin:4mm 0 0}",
    ".message .mark{font-weight:700;margin:0 0 1mm}",
    ".decision{border-top:1pt solid #1d3f66;margin:4mm 0 0}.decision .options{margin:1mm 0 0}",
    /* forms */
    ".tick{display:inline-flex;align-items:baseline;gap:1.5mm;margin:0 2.5mm 0 0}",
    ".box{flex:none;display:inline-block;width:3.4mm;height:3.4mm;border:.9pt solid #16202b;",
    "border-radius:.4mm}td.ticks{width:21mm;line-height:1.9}td.ticks .tick{width:7.5mm;margin:0}",
    "td.window{width:21%}.overall{font-size:11pt;break-inside:avoid}",
    ".overall strong{margin-right:5mm}",
    ".lines{margin:4mm 0 0;break-inside:avoid}",
    ".lines .label{font-weight:700;font-size:9.5pt;margin:0}",
    ".line{height:8.5mm;border-bottom:.5pt solid #8a96a3}",
    ".form{display:grid;grid-template-columns:1fr 1fr 1fr;gap:6mm;margin:0 0 3mm}",
    ".form .lines{margin:0}",
    ".wash .lines{margin:6mm 0 0}",
    /* paper and screen */
    "@media print{html{background:none}.sheet+.sheet{break-before:page}}",
    "@media screen{main{padding:6mm 0}.sheet{margin:0 0 6mm;border:10mm solid #fff;",
    "box-shadow:0 1px 4px #0003}}",
    "@media screen and (max-width:640px){.sheet{border-width:4mm}.columns,.form{display:block}",
    ".rules,.slots,.card,.cover dl{columns:1}",
    "dl>div,.cover dl>div{grid-template-columns:1fr;gap:0}",
    ".bar,.strip{display:block}.eyes{text-align:left}.bar>*,.strip>*{display:block}}",
};

void kit_style(struct buf *out)
{
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        buf_add(out, str_of(lines[i]));
        buf_add_char(out, '\n');
    }
}

void kit_policy(struct buf *out)
{
    struct buf style = {0};
    kit_style(&style);
    html_policy(buf_str(&style), out);
    buf_fini(&style);
}
