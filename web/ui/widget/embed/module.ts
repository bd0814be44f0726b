// import yijian from "https://…/widget.mjs" for pages that are modules themselves. Nothing is on the page
// before yijian("boot", …). The types are in yijian.d.ts.

import { install } from "./loader";
import type { Yijian } from "./yijian";

install(import.meta.url);

/** The one of the page: a tag that was there first stays. */
export default window.Yijian as Yijian;
