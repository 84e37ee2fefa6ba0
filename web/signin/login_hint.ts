// The SDK may know the address already. It comes in the fragment, which no server and no log sees.

export function takeLoginHint(): void {
  const hint = loginHintOf(location.hash);
  if (hint === undefined) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  const input = document.querySelector<HTMLInputElement>('input[type="email"]');
  if (input && input.value === '') input.value = hint;
}

export function loginHintOf(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('login_hint') ?? undefined;
}
