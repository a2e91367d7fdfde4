"""The words for the choices of the elements of the national list."""

from __future__ import annotations

LEVELS = {"zone": "区级", "city": "市级", "province": "省级"}
REACHES = {"zone": "本区", "city": "全市", "province": "全省", "national": "全国"}
DEPTHS = {"consult": "只能咨询", "prefill": "可以先填", "submit": "可以网上交材料", "full": "全程网上办"}
WAYS = {"window": "窗口领取", "mail": "邮寄", "terminal": "自助机打印", "electronic": "电子证照"}
