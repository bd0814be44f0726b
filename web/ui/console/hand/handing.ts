/** What an agent does with a chat and a colleague: hand it on, or ask about it. */
export type Handing = "transfer" | "consult";
