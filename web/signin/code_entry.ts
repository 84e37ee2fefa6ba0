// The six digits from the mail: any way of typing or pasting them works, and the last one sends.

export const CODE_DIGITS = 6;

export function improveCodeEntry(): void {
  const input = document.querySelector<HTMLInputElement>('input[autocomplete~="one-time-code"]');
  if (!input) return;
  let sent = '';

  function take(text: string): void {
    const digits = digitsOf(text);
    if (input!.value !== digits) input!.value = digits;
    // Once for each code: after a wrong one the person edits, and that must not send half-way.
    if (digits.length !== CODE_DIGITS || digits === sent) return;
    sent = digits;
    input!.form?.requestSubmit();
  }
  input.addEventListener('input', () => take(input.value));
  // A maxlength would cut "123 456" short before the space is taken out.
  input.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (digitsOf(text) === '') return;
    event.preventDefault();
    take(text);
  });
}

/** The digits in a text, full-width and Arabic-Indic ones too, at most six. */
export function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[^0-9]/g, '')
    .slice(0, CODE_DIGITS);
}
