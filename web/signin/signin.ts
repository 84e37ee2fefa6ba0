// The script of the sign-in pages. Every page works without it, except the last one, which has to
// speak to the page that opened the pop-up.

import { holdSubmit } from './busy';
import { handOver } from './completion';
import { improveCodeEntry } from './code_entry';
import { takeLoginHint } from './login_hint';

takeLoginHint();
improveCodeEntry();
holdSubmit();
handOver();
