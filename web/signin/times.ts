// Times come in UTC; the person reads them in their own zone, in the page's language. The two are
// not equally long: the page is not painted before this has run (layout.html), or lines would move.

export function localiseTimes(): void {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  for (const time of document.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) time.textContent = format.format(at);
  }
}
