/** Days and times that a text names, each in one form: `2024-05-15`, `*-05-15` where no year is told, `14:30`. */
export interface Dates {
  /** Each with every reading: 05/06/2024 is a day of May and one of June. */
  readonly days: readonly (readonly string[])[];
  readonly times: readonly string[];
  /** What stands between them. */
  readonly rest: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,?\\s+(\\d{4}))?';
const ISO = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g;
const NUMBERED = /\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b/g;
const DAY_FIRST = new RegExp(
  `\\b(?:${DAY}\\s*(?:to|-|–|and|until|through)\\s+(?:the\\s+)?)?${DAY}(?:\\s+of)?\\s+${MONTH}${YEAR}`,
  'g',
);
const MONTH_FIRST = new RegExp(`\\b${MONTH}\\s+(?:the\\s+)?${DAY}\\b(?!:)${YEAR}`, 'g');
const TIME =
  /(?<![\d:])(\d{1,2})(?::(\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*([ap])\.?m\b\.?|(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?![\d:])/g;
const MAY_HOLD = /\d/;

/** Finds the days and times that a text names; takes lower case. */
export function datesIn(text: string): Dates {
  if (!MAY_HOLD.test(text)) return { days: [], times: [], rest: text };
  const days: string[][] = [];
  const times: string[] = [];
  const add = (...readings: (string | null)[]) => {
    const valid = readings.filter((one) => one !== null);
    if (valid.length > 0) days.push([...new Set(valid)]);
    return ' ';
  };
  const rest = text
    .replace(ISO, (_, year, month, day) => add(dayOf(year, month, day)))
    .replace(NUMBERED, (_, a, b, year) =>
      add(dayOf(fullYear(year), a, b), dayOf(fullYear(year), b, a)),
    )
    .replace(DAY_FIRST, (_, first, day, month, year) => {
      if (first !== undefined) add(dayOf(year, monthOf(month), first));
      return add(dayOf(year, monthOf(month), day));
    })
    .replace(MONTH_FIRST, (_, month, day, year) => add(dayOf(year, monthOf(month), day)))
    .replace(TIME, (whole, hour, minute, half, hours, minutes) => {
      const time = half === undefined ? timeOf(hours, minutes) : timeOf(hour, minute, half);
      if (time === null) return whole;
      times.push(time);
      return ' ';
    });
  return { days, times, rest };
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3)) + 1);
}

function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

function dayOf(year: string | undefined, month: string, day: string): string | null {
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
  return `${year ?? '*'}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function timeOf(hour: string, minute = '00', half = ''): string | null {
  const on = Number(hour);
  if (on > 24 || Number(minute) > 59 || (half !== '' && (on < 1 || on > 12))) return null;
  const told = half === '' ? on : (on % 12) + (half === 'p' ? 12 : 0);
  return `${String(told).padStart(2, '0')}:${minute}`;
}
