/** Whether the guide offers to be put on the home screen, and how. No page, no clock. */

/** Browsers of iPhones that are not Safari, and apps that show pages: their menus are others. */
const NOT_SAFARI = /CriOS|FxiOS|EdgiOS|OPiOS|MQQBrowser|QQ\/|UCBrowser|Quark|baidu|Weibo|AliApp|DingTalk|MicroMessenger/i;

/** The web view of WeChat on a phone; its windows on computers, small programs and WeCom have other menus. */
const isWeChat = (agent) => /MicroMessenger/i.test(agent) && !/miniProgram|WindowsWechat|MacWechat|wxwork/i.test(agent);

function isSafari(agent, touch) {
  const apple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touch > 1);
  return apple && /Version\/[\d.]+.* Safari\//.test(agent) && !NOT_SAFARI.test(agent);
}

/**
 * Whether somebody has used the guide: keeps a list of papers, or came back on another day.
 * @param {number} lists  how many lists of papers are kept
 * @param {string|null} first  the day of the first visit, 2026-11-23; null when nobody kept it
 * @param {string} today
 */
export const used = (lists, first, today) => lists > 0 || (typeof first === "string" && first < today);

/**
 * How this phone puts the guide on its home screen; null where it cannot, and where it is not to be offered.
 * @param {{standalone: boolean, prompt: boolean, agent: string, touch: number, used: boolean, refused: boolean}} phone
 *   `prompt`: the browser has said that it could; `refused`: somebody did not want it
 * @returns {"prompt"|"safari"|"wechat"|null}
 */
export function wayToInstall(phone) {
  return phone.used && !phone.refused ? possible(phone) : null;
}

/** The same, whoever asks. */
export function possible({ standalone, prompt, agent, touch }) {
  if (standalone) return null;
  if (prompt) return "prompt";
  if (isWeChat(agent)) return "wechat";
  return isSafari(agent, touch) ? "safari" : null;
}
