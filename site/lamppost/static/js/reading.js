// Keeps the place in the page when the language is changed, and adds today's date to the deletion
// clocks. Without this the links lead to the page's start, and the rules stand in words.
"use strict";
function keepPlace() {
  for (const link of document.querySelectorAll(".languages__link")) link.hash = location.hash;
}
addEventListener("hashchange", keepPlace);
keepPlace();

for (const clock of document.querySelectorAll(".clock[data-duration]")) {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?/.exec(clock.dataset.duration);
  if (!parts || !parts[0].slice(1)) continue;
  const [years, months, weeks, days] = parts.slice(1).map((n) => Number(n || 0));
  const date = new Date();
  if ("workingDays" in clock.dataset) {
    for (let left = days; left > 0; ) {
      date.setDate(date.getDate() + 1);
      if (date.getDay() % 6) left -= 1;
    }
  } else {
    const day = date.getDate();
    date.setDate(1);
    date.setMonth(date.getMonth() + years * 12 + months);
    const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
    date.setDate(Math.min(day, last) + weeks * 7 + days);
  }
  const words = clock.querySelector(".clock__today");
  const language = document.documentElement.lang;
  // A phone that lacks the language would name the month in another.
  const shown = Intl.DateTimeFormat.supportedLocalesOf(language).length
    ? date.toLocaleDateString(language, { dateStyle: "long" })
    : [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  words.textContent = words.dataset.words.replace("{date}", shown);
  words.hidden = false;
}
