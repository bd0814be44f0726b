// What is said beside the place in line, the call instead of the wait, and the rating.

export { extrasView } from "../later/extras";
