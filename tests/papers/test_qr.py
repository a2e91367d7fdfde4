"""QR codes drawn by the phone, held against an independent encoder and an independent reader."""

from __future__ import annotations

import base64
from itertools import product
from random import Random

import pytest
import qrcode
import zxingcpp
from playwright.sync_api import Page
from qrcode.util import MODE_8BIT_BYTE, QRData

from tests.phone import call

LEVELS = {"L": qrcode.ERROR_CORRECT_L, "M": qrcode.ERROR_CORRECT_M}
CAPACITY = {
    "L": (17, 32, 53, 78, 106, 134, 154, 192, 230, 271),
    "M": (14, 26, 42, 62, 84, 106, 122, 152, 180, 213),
}
"""Bytes that versions 1 to 10 hold (ISO/IEC 18004, table 7)."""

DRAWN = """async (api, app, cases) => {
  const { encode } = await app("papers/qr");
  return cases.map(([bytes, choice]) => {
    try { return encode(Uint8Array.from(bytes), choice).map((row) => row.map(Number).join("")); }
    catch (error) { if (error instanceof RangeError) return null; throw error; }
  });
}"""

PHOTOGRAPHED = """async (api, app, texts) => {
  const { picture } = await app("papers/carry");
  const shots = [];
  for (const text of texts) {
    const svg = picture(text, "二维码");
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    svg.setAttribute("width", "400");
    svg.setAttribute("height", "400");
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg.outerHTML)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 400 });
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, 400, 400);
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, 400, 400);
    let grey = "";
    for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at]);
    shots.push(btoa(grey));
  }
  return shots;
}"""


@pytest.mark.parametrize("level", ["L", "M"])
def test_every_version_and_mask_is_what_another_encoder_makes(modules: Page, level: str) -> None:
    random = Random(18004)
    cases = []
    for version, mask in product(range(1, 11), range(8)):
        # Full, nearly full, and with room for padding.
        most = CAPACITY[level][version - 1]
        length = (most, most - 1, most - random.randrange(2, 10))[mask % 3]
        # Above 0x7f nothing can be taken for text of another mode.
        data = bytes(random.randrange(0x80, 0x100) for _ in range(length))
        cases.append((data, version, mask))
    told = call(
        modules,
        DRAWN,
        [[list(data), {"level": level, "version": version, "mask": mask}] for data, version, mask in cases],
    )
    for (data, version, mask), rows in zip(cases, told, strict=True):
        code = qrcode.QRCode(version=version, error_correction=LEVELS[level], mask_pattern=mask, border=0)
        code.add_data(QRData(data, mode=MODE_8BIT_BYTE))
        code.make(fit=False)
        expected = ["".join("01"[dark] for dark in row) for row in code.get_matrix()]
        assert rows == expected, (version, mask)


def test_the_smallest_version_is_taken_and_too_much_is_refused(modules: Page) -> None:
    cases = [(level, length) for level in CAPACITY for length in range(1, CAPACITY[level][-1] + 2)]
    told = call(modules, DRAWN, [[[0x80] * length, {"level": level, "mask": 0}] for level, length in cases])
    for (level, length), rows in zip(cases, told, strict=True):
        version = next((at for at, most in enumerate(CAPACITY[level], 1) if length <= most), None)
        assert (rows and len(rows)) == (version and version * 4 + 17), (level, length)


def test_a_reader_reads_what_is_drawn(modules: Page) -> None:
    texts = [
        "https://guide.example/matters/nurse-first-registration/#l=" + "Ab0_-"[at % 5] * at for at in range(0, 200, 7)
    ]
    for text, shot in zip(texts, call(modules, PHOTOGRAPHED, texts), strict=True):
        grey = memoryview(base64.b64decode(shot)).cast("B", shape=[400, 400])
        assert [code.text for code in zxingcpp.read_barcodes(grey)] == [text]
