/**
 * Whether a sentence holds the number of a person: telephone, identity card, bank card. Six
 * digits are one, however they are written and whatever stands between them. The same as
 * `push_server/personal.py`, which refuses what is sent all the same.
 */

const FEWEST = 6;
const SCATTERED = 7;

const HAN = "\\u3005\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const IS_HAN = new RegExp(`[${HAN}]`, "u");
const IS_DIGIT = /[\p{N}零〇○一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖两幺]/u;
const COUNTED = /[\p{Nd}\p{No}]/gu;
const BETWEEN = "杠横空格减";

const YEAR = "(?:19|20)[0-9][0-9]";
const DAY = `${YEAR}([-./])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12][0-9]|3[01])`;
const HOUR = "(?:[01]?[0-9]|2[0-4]):[0-5][0-9]";
const HOURS = `${HOUR}(?:\\s*[-–—~]\\s*${HOUR})?`;
const ORDINARY = new RegExp(`^(?:${DAY}(?:\\s+${HOURS})?|${HOURS})$`);
const YEARS = `${YEAR}\\s*[-–—~]\\s*${YEAR}`;
const ALL_YEARS = new RegExp(`^${YEARS}$`);
const DOCUMENT = new RegExp(`[〔\\[(【]${YEAR}[〕\\])】]第?[0-9]{1,4}号`, "g");
const STANDARD = new RegExp(
  `(^|[^0-9a-z])(?:gb|jgj|cjj|hj|ga|ws|db[0-9]{0,2})(?:/?t)?\\s?[0-9]{2,5}(?:\\.[0-9]{1,2})?` +
    `(?:[-–—]${YEAR})?(?![0-9]|[^${HAN}0-9]*[0-9])`,
  "gu",
);
const MEASURED =
  "[0-9]{1,5}(?:\\.[0-9]+)?\\s*" +
  "(?=年|学年|月|日|号|项|条|款|平|㎡|m2|米|元|万|亿|人|岁|热线|小时|分|天|个|家|楼|层|室|厅|卫|栋|幢|单元|届|版|期|次|份|张" +
  "|周|点|时|秒|%|吨|公里|级|类|种|章|节|页|倍|折|区|路|街)";
const EXPLAINED = [DAY, HOURS, YEARS, MEASURED].map((pattern) => new RegExp(pattern, "g"));

/** Whether `text` holds digits that may be somebody's number. */
export function holdsNumber(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(DOCUMENT, "号").replace(STANDARD, "$1号");
  return runs(plain).some(isNumber) || left(plain) >= SCATTERED;
}

/** Each stretch of digits without a word in it, and the character behind it. */
function runs(text) {
  const found = [];
  let run = null;
  let place = 0;
  for (const one of text) {
    if (IS_DIGIT.test(one)) {
      run = run || { start: place, digits: 0, behind: "" };
      run.digits += 1;
      run.text = text.slice(run.start, place + one.length);
    } else if (run && IS_HAN.test(one) && !BETWEEN.includes(one)) {
      found.push({ ...run, behind: one });
      run = null;
    }
    place += one.length;
  }
  return run ? found.concat(run) : found;
}

function isNumber({ text, digits, behind }) {
  if (digits < FEWEST || ORDINARY.test(text)) return false;
  return !((behind === "年" || behind === "学") && ALL_YEARS.test(text));
}

/** How many digits belong to no date, hour or measure. */
function left(text) {
  const rest = EXPLAINED.reduce((kept, pattern) => kept.replace(pattern, "号"), text);
  return (rest.match(COUNTED) || []).length;
}
