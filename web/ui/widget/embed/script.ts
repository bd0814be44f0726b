// <script async src="https://…/widget.js" data-site="demo"></script> is all a page needs.

import { install } from "./loader";
import { optionsOf } from "./tag";

// Only here: later the tag that is being run is no longer known.
const tag = document.currentScript as HTMLScriptElement | null;
if (tag) install(tag.src, optionsOf(tag));
