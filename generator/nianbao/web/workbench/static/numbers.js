/* What is written in a box as a number, by the rules of the program: the same pattern and words that it
   reads figures by (report/figure.py). Amounts are integers of 10⁻¹⁵, so that sums are exact. */
const PLACES = 15;
export const ZERO = BigInt(0); // a BigInt that is written out, 0n, is newer syntax than ES2019
const ONE = BigInt(1), TEN = BigInt(10), SCALE = TEN ** BigInt(PLACES);
const DIGITS = { "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9 };
const TENS = { "十": 10, "百": 100, "千": 1000 };
const TYPED = /^[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,40})(?:\.[0-9]{1,40})?$/;
export const BLANK = "blank", NUMBER = "number", TEXT = "text", NOT_APPLICABLE = "not-applicable";

export class Numbers {
  constructor(rules) {
    this.rules = rules;
    this.pattern = new RegExp(`^(?:${rules.pattern})$`, "u");
    this.unseen = new RegExp(`[${rules.unseen}]`, "gu");
    this.notApplicable = new Set(rules.not_applicable);
  }

  /* {state, amount, standard}: `amount` in 10⁻¹⁵, 0 where it is no number. */
  read(text, kind, unit) {
    const narrow = Array.from(text.replace(this.unseen, ""), (sign) => this.rules.narrow[sign] || sign)
      .join("").split(/\s+/u).filter(Boolean).join(" ");
    if (!narrow) return { state: BLANK, amount: ZERO };
    if (TYPED.test(text.trim())) return sane(text.trim().replace(/,/g, ""), 0);
    if (this.notApplicable.has(narrow)) return { state: NOT_APPLICABLE, amount: ZERO };
    const match = this.pattern.exec(narrow);
    const shift = match ? this.shift(match.groups, kind, unit) : null;
    if (shift === null || narrow === "一") return { state: TEXT, amount: ZERO };
    const digits = (match.groups.number || String(chinese(match.groups.chinese))).replace(/[, ]/g, "");
    return sane(digits, shift);
  }

  /* By which power of ten a unit changes the number; null where it does not go with the column. */
  shift({ currency, unit: behind, bracketed }, kind, unit) {
    const { money, pieces, magnitude } = this.rules;
    const written = behind || bracketed;
    if (currency && (kind !== "amount" || !(written in magnitude))) return null;
    if (!written) return 0;
    if (kind !== "amount") return pieces.includes(written) ? 0 : null;
    if (!unit) return money.slice(1).includes(written) ? 0 : null;
    return written in magnitude ? magnitude[written] - magnitude[unit] : null;
  }
}

/* A number that sums can hold exactly, else a text. */
function sane(digits, shift) {
  const sign = digits.startsWith("-") ? -ONE : ONE;
  const [whole, fraction = ""] = digits.replace(/^[+-]/, "").split(".");
  const places = PLACES + shift - fraction.length;
  let amount = BigInt(whole + fraction);
  if (places < 0) {
    const cut = TEN ** BigInt(-places);
    if (amount % cut) return { state: TEXT, amount: ZERO };
    amount /= cut;
  } else amount *= TEN ** BigInt(places);
  if (amount >= SCALE * SCALE) return { state: TEXT, amount: ZERO };
  return { state: NUMBER, amount: sign * amount };
}

/* 一百七十 as 170, 二〇二五 as 2025. */
function chinese(text) {
  if (!/[十百千]/u.test(text)) return Number(Array.from(text, (sign) => DIGITS[sign]).join(""));
  let total = 0, digit = 0;
  for (const sign of text) {
    if (sign in TENS) { total += (digit || 1) * TENS[sign]; digit = 0; } else digit = DIGITS[sign];
  }
  return total + digit;
}

export function written(amount) {
  const sign = amount < ZERO ? "-" : "";
  const digits = String(amount < ZERO ? -amount : amount).padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return sign + digits.slice(0, -PLACES) + (fraction && `.${fraction}`);
}

/* The equations that do not hold, as report/checks/equation.py has it. */
export function unequal(rules, figures) {
  const rows = new Map();
  for (const [key, slot] of Object.entries(rules.slots)) {
    const row = `${slot.table}\u0000${slot.row}`;
    rows.set(row, rows.get(row) || figures[key].state !== BLANK);
  }
  const empty = (key) => !rows.get(`${rules.slots[key].table}\u0000${rules.slots[key].row}`);
  const habit = isHabit(rules, figures);
  const sum = (keys) => keys.reduce((total, key) => total + figures[key].amount, ZERO);
  const found = [];
  rules.equations.forEach((equation, number) => {
    const { left, right } = equation;
    const excess = sum(left) - sum(right);
    if (excess === ZERO) return;
    const terms = right.length === 1 ? left : [...left, ...right];
    if (!habit && terms.some(empty)) return;
    const states = new Set([...left, ...right].map((key) => figures[key].state));
    if (states.has(TEXT) || !states.has(NUMBER)) return;
    found.push({ number, equation, left: sum(left), right: sum(right), excess });
  });
  return found;
}

/* Whether what did not happen was left blank: nobody wrote a 0 where several rows have blanks. */
function isHabit(rules, figures) {
  const rows = new Set();
  for (const [key, slot] of Object.entries(rules.slots)) {
    if (slot.parts.length) continue;
    if (figures[key].state === NUMBER && figures[key].amount === ZERO) return false;
    if (figures[key].state === BLANK) rows.add(`${slot.table}\u0000${slot.row}`);
  }
  return rows.size >= 3;
}
