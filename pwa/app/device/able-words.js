/**
 * What a phone can do with the guide, in words; and as a short text for the fragment of an address, so that the
 * centre can read it. No page, no clock, no network. Nothing in it tells whose phone it is.
 *
 * @typedef {Object<string, string>} Report  for each key of LINES one of its answers, "" while unknown;
 *   and `used`, `free` (MB), `ahead` (minutes by which the phone is slow), as numbers in text
 */

/** What is told, in this order: key, label, and the words of every answer. New answers go to the end of theirs. */
const LINES = [
  ["offline", "没有网络也能看", { yes: "能，已经存下", soon: "能，还没有存完", no: "不能，这个浏览器存不了" }],
  ["push", "收提醒", { yes: "能", app: "先添加到主屏幕，从主屏幕打开才能", no: "不能，这个浏览器收不了" }],
  ["notify", "允许发通知", { granted: "已经允许", default: "还没有问过", denied: "被关掉了，到手机设置里打开", no: "这个浏览器没有通知" }],
  ["install", "放到桌面", { done: "已经从桌面打开", prompt: "能，点“放到桌面”", safari: "能，点“分享”，选“添加到主屏幕”", wechat: "微信里不能，点右上角“···”，选“在浏览器打开”", no: "这个浏览器没有这一项" }],
  ["persisted", "存下的不会被自动清掉", { yes: "手机答应了", no: "没有答应，空间紧张时可能清掉", unknown: "这个浏览器不说" }],
  ["share", "转发", { yes: "能", no: "不能直接转发，会复制链接" }],
  ["badge", "图标上的角标", { yes: "能", no: "没有" }],
  ["voice", "把号念出来", { yes: "能", no: "不能" }],
];
const NUMBERS = ["used", "free", "ahead"];
/** Off by less is right. */
const TOLERANCE = 5;
const FORMAT = "1";
const UNKNOWN = "-";
const ASK = "还不知道";

/** Labels and words, line by line. @param {Report} report @returns {[string, string][]} */
export function ableLines(report) {
  return [
    ...LINES.map(([key, label, words]) => [label, words[report[key]] || ASK]),
    ["用掉的空间", report.used ? `约 ${report.used} MB${report.free ? `，还能存约 ${report.free} MB` : ""}` : ASK],
    ["手机的时间", clockWords(report.ahead)],
  ];
}

function clockWords(ahead) {
  if (!ahead) return "现在连不上网络，没有对过";
  const minutes = Math.abs(Number(ahead));
  return minutes <= TOLERANCE ? `对，和网络时间相差不到 ${TOLERANCE} 分钟` : `${Number(ahead) > 0 ? "慢" : "快"}了约 ${minutes} 分钟`;
}

/** The report as text: 1.0021-… .12.3400.0 */
export function coded(report) {
  const answers = LINES.map(([key, , words]) => {
    const place = Object.keys(words).indexOf(report[key]);
    return place < 0 ? UNKNOWN : String(place);
  });
  return [FORMAT, answers.join(""), ...NUMBERS.map((key) => report[key] || "")].join(".");
}

/** What `coded` made; null for anything else. @returns {Report|null} */
export function decoded(text) {
  const found = /^1\.([\d-]+)\.(\d{0,9})\.(\d{0,9})\.(-?\d{0,9})$/.exec(text);
  if (!found || found[1].length !== LINES.length) return null;
  const report = {};
  LINES.forEach(([key, , words], place) => (report[key] = Object.keys(words)[found[1][place]] || ""));
  NUMBERS.forEach((key, place) => (report[key] = found[place + 2]));
  return report;
}
