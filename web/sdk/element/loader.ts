// The other loader: it registers <shop-login-button>.

import { ShopLoginButton } from './element';

export type * from '../types';

// A page may load it twice, by two addresses.
if (!customElements.get('shop-login-button')) {
  customElements.define('shop-login-button', ShopLoginButton);
}
