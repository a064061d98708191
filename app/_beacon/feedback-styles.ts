/**
 * The widget's own styles, in its shadow root. A sheet of its own and no `style` attributes: a page whose policy forbids inline styles shows
 * it all the same. Contrast is at least 4.5 in both schemes; every target is at least 40 px.
 */
const DARK = `--ink:#f2f2f3;--muted:#b4b4ba;--surface:#1d1d20;--line:#7b7b84;--accent:#9db2ff;--on:#11131c;--error:#ffb86b;color-scheme:dark`

export const STYLES = `
:host{--ink:#18181b;--muted:#5b5b63;--surface:#fff;--line:#85858d;--accent:#3047c9;--on:#fff;--error:#8a4b00;color-scheme:light;
position:fixed;inset:auto 16px 16px auto;z-index:2147483000;font:16px/1.4 system-ui,sans-serif;color:var(--ink);text-align:start}
@media(prefers-color-scheme:dark){:host(:not([data-theme=light])){${DARK}}}
:host([data-theme=dark]){${DARK}}
@media print{:host{display:none}}
*{box-sizing:border-box;font:inherit;color:inherit;margin:0}
[hidden]{display:none}
button{min-height:40px;padding:0 16px;border:1px solid var(--line);border-radius:6px;background:var(--surface);cursor:pointer}
section+button{float:inline-end}
.send{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
.close{position:absolute;inset:8px 8px auto auto;width:40px;padding:0;border-color:transparent;font-size:22px}
section{position:relative;width:min(420px,calc(100vw - 32px));max-height:calc(100vh - 88px);overflow:auto;margin-bottom:8px;
padding:16px;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
h2{padding-inline-end:48px;font-size:18px;font-weight:600;line-height:24px}
fieldset{border:0;padding:0;margin-top:16px;min-width:0}
legend{padding:0;margin-bottom:8px}
.scale{display:grid;grid-template-columns:repeat(5,1fr);gap:6px}
.scale label{position:relative;display:flex;flex-direction:column;align-items:center;padding:8px 2px;border:1px solid var(--line);
border-radius:6px;cursor:pointer;text-align:center}
.scale input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.scale b{font-weight:600}
.scale span{font-size:12px;line-height:15px;color:var(--muted);overflow-wrap:anywhere;hyphens:auto}
.scale label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 2px var(--accent)}
.scale label:has(:checked) b{text-decoration:underline;text-underline-offset:3px}
button:focus-visible,textarea:focus-visible,.scale label:focus-within{outline:2px solid var(--accent);outline-offset:2px}
.words{display:block;margin-top:16px}
textarea{display:block;width:100%;margin-top:8px;padding:8px;border:1px solid var(--line);border-radius:6px;background:var(--surface);
resize:vertical}
.error{color:var(--error)}
.error:not(:empty),[role=status]:not(:empty){margin-top:12px}
.actions{margin-top:16px}
[aria-busy]{opacity:.7}
`
