export const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
export const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const longWeekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const longMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const two = (value: number): string => String(value).padStart(2, "0");

/** `+0200` */
function zoneOf(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

let lastSecond = -1;
let lastText = "";

/** The time of a request in common log format: `[10/Oct/2000:13:55:36 -0700]`. */
export function commonLogTime(timeMs: number): string {
  const second = Math.floor(timeMs / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `[${formatTime("%d/%b/%Y:%H:%M:%S %z", new Date(second * 1000))}]`;
  }
  return lastText;
}

/** strftime in the C locale and the local zone, for what log formats use; unknown conversions stay as they are. */
export function formatTime(format: string, time: Date): string {
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => conversion(letter, time) ?? whole);
}

function conversion(letter: string, time: Date): string | null {
  const hour12 = time.getHours() % 12 === 0 ? 12 : time.getHours() % 12;
  switch (letter) {
    case "a":
      return weekdays[time.getDay()] ?? "";
    case "A":
      return longWeekdays[time.getDay()] ?? "";
    case "b":
    case "h":
      return months[time.getMonth()] ?? "";
    case "B":
      return longMonths[time.getMonth()] ?? "";
    case "c":
      return formatTime("%a %b %e %H:%M:%S %Y", time);
    case "C":
      return two(Math.floor(time.getFullYear() / 100));
    case "d":
      return two(time.getDate());
    case "D":
    case "x":
      return formatTime("%m/%d/%y", time);
    case "e":
      return String(time.getDate()).padStart(2);
    case "F":
      return formatTime("%Y-%m-%d", time);
    case "H":
      return two(time.getHours());
    case "I":
      return two(hour12);
    case "j":
      return String(dayOfYear(time)).padStart(3, "0");
    case "m":
      return two(time.getMonth() + 1);
    case "M":
      return two(time.getMinutes());
    case "n":
      return "\n";
    case "p":
      return time.getHours() < 12 ? "AM" : "PM";
    case "r":
      return formatTime("%I:%M:%S %p", time);
    case "R":
      return formatTime("%H:%M", time);
    case "s":
      return String(Math.floor(time.getTime() / 1000));
    case "S":
      return two(time.getSeconds());
    case "t":
      return "\t";
    case "T":
    case "X":
      return formatTime("%H:%M:%S", time);
    case "u":
      return String(time.getDay() === 0 ? 7 : time.getDay());
    case "w":
      return String(time.getDay());
    case "y":
      return two(time.getFullYear() % 100);
    case "Y":
      return String(time.getFullYear());
    case "z":
      return zoneOf(time);
    case "%":
      return "%";
    default:
      return null;
  }
}

function dayOfYear(time: Date): number {
  const start = Date.UTC(time.getFullYear(), 0, 0);
  return Math.round((Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) - start) / 86_400_000);
}
