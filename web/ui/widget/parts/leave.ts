// The question before a chat is ended or given back to the bot.

export { leaveView } from "../later/leave";
