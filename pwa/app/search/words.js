/** What the search says: facts of a matter, why it was found, how many. No DOM. */

const FACTS = [
  [1, "即办"],
  [32, "即办（计划）"],
  [4, "午间可办"],
  [2, "午间可受理"],
  [16, "零跑动"],
  [8, "不收费"],
];
/** Where it is done, from bit 6 on: generator/search/names.py. */
const PLACES = ["", "网上办", "到银行办", "到公安机关办", "到刻章点办", "到税务机关办", "到公积金中心办", "不在窗口办"];
const APPLICANTS = ["个人可办", "单位可办", "个体户可办", "业委会可办", "合伙、独资企业可办"];

const REASONS = {
  also: "也叫",
  thing: "说到",
  kin: "说到",
  english: "",
  result: "办好拿到",
  paper: "材料里有",
  condition: "条件里有",
  faq: "别人问过",
  law: "依据",
};

/** The facts that help to choose, the strongest first. */
export function facts(matter) {
  const told = [PLACES[matter.facts >> 6], ...FACTS.filter(([bit]) => matter.facts & bit).map(([, word]) => word)].filter(Boolean);
  return told.includes("午间可办") ? told.filter((word) => word !== "午间可受理") : told;
}

/** Why a matter was found; "" when its name says it. */
export function reason({ kind, why, matter }) {
  if (kind === "name" || matter.name.includes(why)) return "";
  return REASONS[kind] ? `${REASONS[kind]}“${why}”` : why;
}

/** What one can narrow the hits down by: [name of the group, [[word, test], …]]. */
export function facets(hits) {
  const own = (test) => hits.some((hit) => test(hit.matter)) && !hits.every((hit) => test(hit.matter));
  const sections = Array.from(new Map(hits.map(({ matter }) => [matter.section[0], matter.section])).values());
  const groups = [
    ["版块", sections.map(([id, name]) => [name, (matter) => matter.section[0] === id])],
    ["谁来办", APPLICANTS.map((word, bit) => [word, (matter) => Boolean(matter.applicants & (1 << bit))])],
    ["怎么办", [["即办", (matter) => Boolean(matter.facts & 1)], ["即办（计划）", (matter) => Boolean(matter.facts & 32)], ["午间可受理", (matter) => Boolean(matter.facts & 2)], ["零跑动", (matter) => Boolean(matter.facts & 16)]]],
  ];
  return groups.map(([name, words]) => [name, words.filter(([, test]) => own(test))]).filter(([, words]) => words.length);
}

/** Name cut into [text, marked] pieces: what was typed, where two of it stand together. */
export function marked(name, meant) {
  const parts = [];
  let from = 0;
  const characters = Array.from(name);
  const hit = (at) => meant.has((characters[at] || "").toLowerCase());
  for (let at = 0; at <= characters.length; at += 1) {
    const on = at < characters.length && hit(at) && (hit(at - 1) || hit(at + 1));
    const was = from < at && hit(from) && (hit(from - 1) || hit(from + 1));
    if (at === characters.length || (at > from && on !== was)) {
      if (at > from) parts.push([characters.slice(from, at).join(""), was]);
      from = at;
    }
  }
  return parts;
}

export function counted(found, shown) {
  if (!shown) return "这样筛一项也没有，去掉一个条件再看。";
  if (found.weak) return `没有很对得上的，下面 ${shown} 项可能有关`;
  return `找到 ${shown} 项`;
}
