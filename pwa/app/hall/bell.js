/**
 * A sound and a shake when it is one's turn, and a screen that stays on. Asked for by a tap, since no
 * browser lets a page make a sound before.
 */

/** Hertz; how long and how far apart, in seconds. */
const TONE = 880;
const LONG = 0.22;
const APART = 0.35;

/**
 * To be called in the handler of a tap. @returns {{ring: (times: number) => void, stop: () => void}|null} null where
 * the browser makes no sound and does not shake
 */
export function bell() {
  const Context = window.AudioContext || window.webkitAudioContext;
  let context = null;
  try {
    context = Context ? new Context() : null;
  } catch {
    // Too many pages with sound are open.
  }
  if (!context && !navigator.vibrate) return null;
  return {
    ring(times) {
      if (navigator.vibrate) navigator.vibrate(Array.from({ length: times * 2 - 1 }, (_, index) => (index % 2 ? 150 : 300)));
      if (!context) return;
      if (context.state !== "running") context.resume();
      for (let count = 0; count < times; count += 1) tone(context, context.currentTime + count * APART);
    },
    stop() {
      if (context) context.close();
    },
  };
}

function tone(context, start) {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.frequency.value = TONE;
  // Neither end with a crack.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.5, start + 0.02);
  volume.gain.setValueAtTime(0.5, start + LONG - 0.04);
  volume.gain.linearRampToValueAtTime(0, start + LONG);
  source.connect(volume);
  volume.connect(context.destination);
  source.start(start);
  source.stop(start + LONG);
}

/**
 * Keep the screen on from now on, as long as the page is looked at. @returns {() => void} lets it go dark again
 */
export function awake() {
  let lock = null;
  let wanted = true;
  const ask = async () => {
    if (!wanted || document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      // None in this browser, or the battery is low: it goes dark as always.
    }
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", ask);
    if (lock) lock.release();
  };
}

/** Whether the browser can keep the screen on. */
export const staysAwake = () => "wakeLock" in navigator;
