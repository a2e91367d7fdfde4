/**
 * One press at a time. What a button tells is kept on this device until the server has
 * answered, and told again under the same id as long as it has not: a bad line or a reload
 * loses nothing, and nothing counts twice.
 */

const PATIENCE = 10000;
const WAITS = [1000, 2000, 4000, 8000, 15000];
/** What was pressed so long ago does not happen by itself any more (milliseconds). */
const STALE = 600000;

const kept = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const keep = (key, press) => {
  try {
    if (press) localStorage.setItem(key, JSON.stringify(press));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: then a reload does lose it.
  }
};

/** 32 hex digits that nobody else has. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ask `url` of this console. Rejects when nothing sensible comes back in time. */
export async function ask(url, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(url, {
      method: body ? "POST" : "GET",
      cache: "no-cache",
      signal: stop.signal,
      headers: {
        accept: "application/json",
        ...(body ? { "content-type": "application/json", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    // What is no JSON comes from something in between.
    return { status: answer.status, ok: answer.ok, said: await answer.json() };
  } finally {
    clearTimeout(timer);
  }
}

/** Back to the same page, signed in anew. */
export function door() {
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = "登录、刷新";
  return link;
}

/**
 * @param {string} key  under which a press is kept
 * @param {{told: (state: "idle"|"sending"|"retrying"|"stopped", words: string) => void,
 *   done: (said: object) => void, refused: (words: string) => void}} on
 *   `stopped`: not sent, and will not be before one has signed in or loaded the page anew
 * @returns {{press: (url: string, label: string, body: object) => boolean, busy: () => boolean,
 *   resume: () => void}} `press` is false while another one is under way
 */
export function outbox(key, on) {
  let pending = null;
  let tries = 0;
  let working = false;
  let timer = null;

  const drop = () => {
    pending = null;
    tries = 0;
    keep(key, null);
    on.told("idle", "");
  };

  const again = () => {
    on.told("retrying", `网络不好，“${pending.label}”还在重发…`);
    timer = setTimeout(work, WAITS[Math.min(tries, WAITS.length - 1)]);
    tries += 1;
  };

  async function work() {
    clearTimeout(timer);
    if (!pending || working) return;
    if (Date.now() - pending.at > STALE) {
      const { label } = pending;
      drop();
      on.refused(`“${label}”一直没有发出去，已经放弃。请看一下现在的状态，再按一次。`);
      return;
    }
    working = true;
    if (!tries) on.told("sending", `正在发送“${pending.label}”…`);
    let answer = null;
    try {
      answer = await ask(pending.url, pending.body);
    } catch {
      // No network, or no answer.
    }
    working = false;
    if (!answer || answer.status >= 500 || answer.status === 429) again();
    else if (answer.ok) {
      drop();
      on.done(answer.said);
    } else if (answer.status === 401 || answer.said.code === "page-outdated") {
      on.told("stopped", `${answer.said.message}“${pending.label}”还没有发出去，登录、刷新以后接着发。`);
    } else {
      drop();
      on.refused(answer.said.message);
    }
  }

  return {
    press(url, label, body) {
      if (pending) return false;
      pending = { url, label, body: { ...body, id: newId() }, at: Date.now() };
      tries = 0;
      keep(key, pending);
      work();
      return true;
    },
    busy: () => Boolean(pending),
    /** What was left when the page was closed. */
    resume() {
      const found = kept(key);
      if (!pending && found && found.url && found.body) {
        pending = found;
        work();
      }
      addEventListener("online", work);
    },
  };
}
