// For comfort: the list under “more”, the pace, reading aloud, speaking, sounds.

export { easeView } from "../later/ease";
