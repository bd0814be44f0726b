// The warning before a quiet chat ends.

export { idleView } from "../later/idle";
