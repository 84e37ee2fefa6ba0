// The loader: a page's one script tag. It registers window.ShopSDK.

import { initialize } from './shop';

export type * from './types';
export { initialize };

window.ShopSDK = { initialize };
