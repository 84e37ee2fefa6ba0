// What a person does in the browser: open the shop, press the button, read the mail, agree.

import { closeBy, until } from './browser.mjs';

export class Person {
  constructor({ stack, context, email }) {
    this.stack = stack;
    this.context = context;
    this.email = email;
  }

  /** Opens the shop; resolves when the sign-in button, or the greeting, is there. */
  async openShop() {
    this.page = await this.context.newPage();
    await this.page.goto(this.stack.shop);
    await until(async () => (await this.button().isVisible()) || (await this.isSignedIn()));
    return this.page;
  }

  button() {
    return this.page.locator('#login-container').getByRole('button');
  }
  isSignedIn() {
    return this.page.locator('#account').isVisible();
  }
  async notice() {
    return (await this.page.locator('#notice').textContent()) ?? '';
  }
  async noticeSays(pattern) {
    await until(async () => pattern.test(await this.notice())).catch(async () => {
      throw new Error(`the notice says "${await this.notice()}", not ${pattern}`);
    });
  }

  /** Presses the SDK's button: the pop-up. */
  async pressSignIn() {
    const [popup] = await Promise.all([this.context.waitForEvent('page'), this.button().click()]);
    this.popup = popup;
    await popup.waitForLoadState();
    return popup;
  }

  /** On the pop-up's first page: asks for a code. */
  async giveEmail() {
    await this.popup.getByLabel('E-mail address').fill(this.email);
    await this.popup.getByRole('button', { name: 'Send me a code' }).click();
    await this.popup.getByRole('heading', { name: 'Enter the code' }).waitFor();
  }

  /** The newest code for this person, read where a developer reads it: on the mailbox page. */
  async readCode() {
    const mailbox = await this.context.newPage();
    await mailbox.goto(`${this.stack.server}/dev/mailbox`);
    const mail = mailbox.locator('article', { hasText: this.email }).first();
    const code = (await mail.locator('[data-code]').textContent()).trim();
    await mailbox.close();
    return code;
  }

  /** The last digit sends the form. */
  giveCode(code) {
    return this.popup.getByLabel('Code', { exact: true }).fill(code);
  }

  /** From the button to the consent page. */
  async goToConsent() {
    await this.pressSignIn();
    await this.giveEmail();
    await this.giveCode(await this.readCode());
    await this.popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
  }

  /** Agrees; resolves when the pop-up is gone and the shop knows the person. */
  async agree() {
    const agree = this.popup.getByRole('button', { name: 'Agree and continue' });
    await closeBy(this.popup, () => agree.click());
    await this.page.locator('#greeting').waitFor();
  }

  async signIn() {
    await this.goToConsent();
    await this.agree();
  }
}
