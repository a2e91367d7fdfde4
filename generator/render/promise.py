"""The form with which an applicant promises the missing papers (限时补件承诺书).

It is filled in by hand on the print, or by a script: what is inside an element with
``data-promise-field`` is free to be replaced by text.

=============  ===============================================================
field          what belongs there
=============  ===============================================================
``matter``     name of the matter
``papers``     the missing papers, one ``<li>`` each
``deadline``   the date by which they follow, 2026年12月1日
``applicant``  who promises; stays empty for the signature unless typed in
``date``       the date of the promise
=============  ===============================================================
"""

from __future__ import annotations

from ..views.deferrable import PromiseView
from .escape import e
from .page import ASK, Page, described, phone


def promise_page(view: PromiseView) -> Page:
    """The page at ``deferrable/promise/``."""
    lines = "\n".join(f"<li>{e(line)}</li>" for line in view.promises)
    return Page(
        url="deferrable/promise/",
        layout="page",
        title=f"限时补件承诺书（示范） · {e(view.guide)}",
        head=described("容缺受理用的限时补件承诺书示范文本，可以打印填写。"),
        content=f"""<nav class="path" aria-label="位置"><a href="@@ROOT@@deferrable/">容缺受理</a></nav>
<h1>限时补件承诺书</h1>
<p class="note">示范文本，不是中心的正式格式，{ASK}。窗口给了格式就用窗口的。打印出来手写，或者抄一份；问 {phone(view.hotline)}。</p>
<section class="form" aria-label="承诺书" data-module="promise">
<p>{e(view.centre)}：</p>
<p>本人（本单位）申请办理 {_blank("matter", "事项名称")}，下列材料暂时不能提交：</p>
<ol class="blanks" data-promise-field="papers">
<li></li>
<li></li>
<li></li>
</ol>
<p>承诺在 {_blank("deadline", "补齐日期")} 以前补齐，并且：</p>
<ol>
{lines}
</ol>
<p class="sign">承诺人（签名、盖章）：{_blank("applicant", "承诺人")}</p>
<p class="sign">日期：{_blank("date", "承诺日期")}</p>
</section>""",
    )


def _blank(field: str, label: str) -> str:
    return f'<span class="blank" data-promise-field="{field}" title="{label}"></span>'
