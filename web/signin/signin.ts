// The script of the sign-in and account pages. Every page works without it, except the last one,
// which has to speak to the page that opened the pop-up, and passkeys.

import { holdSubmit } from './busy';
import { handOver } from './completion';
import { improveCodeEntry } from './code_entry';
import { tellAround } from './frame';
import { followLink, takeLinkedCode } from './link';
import { takeLoginHint } from './login_hint';
import { addPasskeys, offerPasskeys } from './passkeys';
import { localiseTimes } from './times';

tellAround();
takeLoginHint();
improveCodeEntry();
takeLinkedCode();
followLink();
holdSubmit();
void offerPasskeys();
addPasskeys();
localiseTimes();
handOver();
