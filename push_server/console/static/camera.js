/** Reading a QR code with the camera, where the browser can. */

const OFTEN = 200;

/**
 * @param {HTMLElement} root  holds a <video>; hidden while the camera is off
 * @param {(text: string) => void} read
 */
export function camera(root, read) {
  const offered = "BarcodeDetector" in window && Boolean(navigator.mediaDevices);
  const video = root.querySelector("video");
  let stream = null;

  function stop() {
    root.hidden = true;
    if (!stream) return;
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.srcObject = null;
  }

  async function start() {
    if (stream) return;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    root.hidden = false;
    video.srcObject = stream;
    await video.play();
    const look = async () => {
      if (!stream) return;
      const found = await detector.detect(video).catch(() => []);
      if (found.length && stream) {
        stop();
        read(found[0].rawValue);
      } else setTimeout(look, OFTEN);
    };
    look();
  }

  addEventListener("pagehide", stop);
  return { offered, start, stop };
}
