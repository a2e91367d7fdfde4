"""The style of a card. It stands in the card itself, which is one file and asks for no other."""

from __future__ import annotations

import binascii
import hashlib
from functools import cache

from ..catalog.model import Colours

_STYLE = (
    ":root{color-scheme:light dark;--ink:#1d1d1f;--quiet:#595959;--line:#c8c8c8;--mark:@light;--ground:#fff}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e8ea;--quiet:#b0b0b4;--line:#4a4a50;--mark:@dark;--ground:#17181b}}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:16px 16px 40px;max-width:46rem;background:var(--ground);color:var(--ink);"
    'font:17px/1.6 system-ui,"PingFang SC","HarmonyOS Sans SC","MiSans","Noto Sans SC",sans-serif;'
    "overflow-wrap:anywhere}"
    "h1{font-size:1.45em;line-height:1.3;margin:.2em 0 .4em}"
    "h2{font-size:1.1em;margin:1.2em 0 .4em;padding-bottom:.15em;border-bottom:2px solid var(--mark)}"
    "h3{font-size:1em;margin:.8em 0 .2em}"
    "p,ul,ol,dl{margin:.4em 0}"
    "ul,ol{padding-left:1.4em}li{margin:.3em 0}"
    "a{color:var(--mark)}"
    "small,i,.quiet{font-style:normal;font-size:.85em;color:var(--quiet)}"
    "i{color:var(--mark)}li>small,li>i{display:block}"
    ".facts{font-weight:600}"
    ".papers{list-style:none;padding:0}"
    ".papers li{position:relative;padding-left:1.6em;break-inside:avoid}"
    '.papers li:before{content:"";position:absolute;left:0;top:.35em;width:.95em;height:.95em;border:1.5px solid currentColor}'
    "dt{font-weight:600;margin-top:.5em}dd{margin:0}"
    ".end{margin-top:1.4em;padding-top:.6em;border-top:1px solid var(--line)}"
    # Black on white, small enough that most cards fit on two sides for the notice board.
    "@media print{@page{size:A4;margin:12mm}"
    ":root{color-scheme:light;--ink:#000;--quiet:#333;--mark:#000;--ground:#fff;--line:#888}"
    "body{padding:0;max-width:none;font-size:9.5pt;line-height:1.35}"
    "h2{margin:.7em 0 .2em;break-after:avoid}h3{margin:.4em 0 0;break-after:avoid}"
    "li{margin:.12em 0}.papers,.laws{columns:2;column-gap:8mm}"
    'li>small,li>i{display:inline}i:before{content:"〔"}i:after{content:"〕"}'
    "dl{columns:2;column-gap:8mm}dl div{break-inside:avoid}dt{margin-top:.15em}"
    ".screen{display:none}a{color:inherit;text-decoration:none}}"
)


@cache
def style(colours: Colours) -> str:
    """The style in the centre's colours."""
    return _STYLE.replace("@light", colours.light).replace("@dark", colours.dark)


@cache
def policy(colours: Colours) -> str:
    """What a browser may load for a card: this style, and nothing else."""
    digest = hashlib.sha256(style(colours).encode()).digest()
    named = binascii.b2a_base64(digest, newline=False).decode()
    return f"default-src 'none';base-uri 'none';form-action 'none';style-src 'sha256-{named}'"
