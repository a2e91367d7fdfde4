/** The days of a renewal as a calendar file (RFC 5545), made on the phone. No page, no clock. */

import { shift } from "../catalog/workdays.js";

const BYTES = 75;

/**
 * @param {{date: string, uid: string, title: string, text: string, alarms: string[]}[]} events
 *   whole days; `alarms` are periods from the midnight with which the day begins
 * @param {string} stamp  when it was made, "20261123T040000Z"
 */
export function ics(events, stamp) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guide//renewal//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
  for (const { date, uid, title, text, alarms } of events) {
    lines.push(
      "BEGIN:VEVENT",
      `UID:${uid}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${plain(date)}`,
      `DTEND;VALUE=DATE:${plain(shift(date, 1))}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(text)}`,
      "TRANSP:TRANSPARENT",
    );
    for (const trigger of alarms) {
      lines.push("BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, `TRIGGER:${trigger}`, "END:VALARM");
    }
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

const plain = (date) => date.replace(/-/g, "");

const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** No line has more than 75 octets; what follows begins with a space (§3.1). */
function folded(line) {
  let made = "";
  let used = 0;
  for (const one of line) {
    const size = octets(one.codePointAt(0));
    if (used + size > BYTES) {
      made += "\r\n ";
      used = 1;
    }
    made += one;
    used += size;
  }
  return made;
}

function octets(code) {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

const DAY_BEFORE_AT_NINE = (days) => `-P${days - 1}DT15H`;

/**
 * The days that are still to come of a renewal: it can be applied for, it must be, it runs out.
 * @param {{opens: import("./window.js").Edge|null, closes: import("./window.js").Edge}} window
 * @param {{matter: string, name: string, onDate: string, today: string, calendarId: string, page: string, sure: string}} what  `sure` is the mark
 *   of the rule where no article was read, else ""
 */
export function events(window, { matter, name, sure, onDate, today, calendarId, page }) {
  const { opens, closes } = window;
  const estimated = ({ counted }) => (counted ? "" : "（估算）") + (sure ? `（${sure}）` : "");
  const told = [
    opens && { which: "opens", date: opens.date, title: `${name}：今天起可以办延续${estimated(opens)}`, alarms: ["PT9H"] },
    {
      which: "closes",
      date: closes.date,
      title: `${name}：最晚今天办延续${estimated(closes)}`,
      alarms: [DAY_BEFORE_AT_NINE(14), DAY_BEFORE_AT_NINE(3)],
    },
    { which: "expiry", date: onDate, title: `${name}到期`, alarms: [] },
  ];
  return told
    .filter((event) => event && event.date >= today)
    .map(({ which, ...event }) => ({
      ...event,
      uid: `${matter}-${onDate}-${which}@${calendarId}`,
      text: `${sure ? `这个期限是“${sure}”，没有看到条文，先打电话问。` : ""}要带的材料、去哪儿办：${page}`,
    }));
}
