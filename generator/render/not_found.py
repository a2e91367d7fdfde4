"""The page for addresses that lead nowhere, ``404.html``.

A host shows it at any address, at any depth, below a path that the build does not know
(``/guide/matters/gone/``). So it asks for no file of ours: its style stands in it, and a small
script looks for the site's root, upwards from the address, and sets the links. Both are named
by their digests in the page's policy, which therefore stays as strict as everywhere else.
"""

from __future__ import annotations

from ..catalog.model import Centre
from .escape import e
from .inline import digest_source
from .page import phone

PATH = "404.html"

_STYLE = (
    ":root{color-scheme:light dark;--ink:#1d1d1f;--link:#14477f;--ground:#fff;--line:#d5dae1}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e8ea;--link:#9cc2f2;--ground:#1b202a;--line:#434957}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere;"
    'font:106.25%/1.6 system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC",MiSans,"Noto Sans SC",sans-serif}'
    "header{border-bottom:1px solid var(--line);padding:.9rem 1rem}"
    "main{max-width:42rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.5em;line-height:1.35}a{color:var(--link);text-underline-offset:.2em}"
    "header a{font-weight:600;text-decoration:none}"
    ".go{display:inline-block;min-height:44px;padding:.5rem 1.2rem;border-radius:.6rem;background:#14477f;color:#fff;text-decoration:none}"
    "html.elder{font-size:125%}"
    "@media print{.go{display:none}}"
)

_SCRIPT = """\
(function(){
try{if(localStorage.getItem("guide-elder")==="true")document.documentElement.className="elder"}catch(error){}
var folders=location.pathname.split("/").slice(1,-1);
function found(root){var links=document.querySelectorAll("[data-way]");
for(var i=0;i<links.length;i+=1)links[i].href=root+links[i].getAttribute("data-way")}
function look(){var root="/"+folders.map(function(name){return name+"/"}).join("");
fetch(root+"manifest.webmanifest").then(function(answer){if(!answer.ok)throw 0;return answer.json()})
.then(function(manifest){if(!manifest.start_url)throw 0;found(root)})
.catch(function(){if(folders.length){folders.pop();look()}})}
addEventListener("DOMContentLoaded",look)})()"""
"""Goes upwards until a folder holds the guide's manifest; a site above it may have one, too,
which is why it starts from below. Until then, and without script, the links lead to the root of
the host; a server that knows better puts its own way there (``push_server/site.py``)."""

POLICY = (
    "default-src 'self';object-src 'none';base-uri 'none';form-action 'none';"
    f"style-src {digest_source(_STYLE)};script-src {digest_source(_SCRIPT)}"
)
"""What a browser may do for this page: this style, this script, and ask the site for its root."""


def not_found_page(centre: Centre) -> str:
    """The whole file."""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="robots" content="noindex">
<title>没有这一页 · {e(centre.guide_name)}</title>
<style>{_STYLE}</style>
<script>{_SCRIPT}</script>
</head>
<body>
<header><a href="/" data-way="">{e(centre.guide_name)}</a></header>
<main>
<h1>没有这一页</h1>
<p>地址可能写错了，或者这一页换了地方。</p>
<p>从首页的分类里找，<a href="/a-z/" data-way="a-z/">按拼音找全部事项</a>，或者打 {phone(centre.hotline)} 问。</p>
<p><a class="go" href="/" data-way="">回首页</a></p>
</main>
</body>
</html>
"""
