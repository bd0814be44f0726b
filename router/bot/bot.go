// Package bot holds the connectors that let a bot answer before, and beside, people.
//
// A connector is one small interface. It gets the turn it is asked to answer and what was said
// before, and returns text, an intent, or the honest admission that it does not know. What a bot
// says never decides by itself where a conversation goes: router/escalate weighs it, and a reply
// that arrives after a handoff is refused by the session log (invariant 3).
package bot

import "context"

// Turn is one question put to a bot.
type Turn struct {
	// Site and Session say where the turn comes from; connectors that call out may need them.
	Site, Session string
	// Ask is the id of the visitor's message; a connector that is retried may use it as an
	// idempotency key.
	Ask string
	// Lang is a BCP 47 tag such as "zh-CN" or "en".
	Lang string
	Text string
	// Plain asks for a short answer in plain words: the visitor needs more time, or larger text.
	Plain bool
	// History is what was said before, oldest first, at most the last 20 messages.
	History []Line
}

// Line is one earlier message.
type Line struct {
	From string // visitor, bot or agent
	Text string
}

// Reply is what the bot has to say. The zero Reply means "I do not know".
type Reply struct {
	Text string
	// Intent is the bot's stable name of what it understood, such as the id of a knowledge entry.
	Intent string
	// Confidence is in 0..1 and is calibrated as well as the connector can.
	Confidence float64
	// Unsure says that the bot does not know; Text may hold a polite admission of it, which counts
	// as a failed turn.
	Unsure bool
	// Suggest holds what the visitor may say next with one press, at most MaxSuggest short sentences in
	// the visitor's language. They stand below the text; writing and a person are always possible.
	Suggest []string
	// Handoff says that the bot itself asks for a person. A text is shown first.
	Handoff bool
	// Failure says why something plainer stands in for the answer that the bot could not make. It is
	// logged, so it holds nothing of what a visitor said.
	Failure error
}

// MaxSuggest is the most suggestions that are shown; more would be a menu.
const MaxSuggest = 3

// Bot answers turns. Reply must honour ctx, must be safe for concurrent use, and returns an error
// only when the bot itself failed, which the visitor's next turn may survive.
type Bot interface {
	Reply(ctx context.Context, t Turn) (Reply, error)
}

// Streamer is a Bot whose answers can be read while they grow.
type Streamer interface {
	Bot
	// Stream is Reply, and tells as it goes all of the answer that is there so far. What it tells is
	// the beginning of the reply's text; a reply that turns out to be another is told by no more than
	// itself, and only one with a Failure may follow the beginning of what it stands in for. tell is called by one goroutine and may take a moment.
	Stream(ctx context.Context, t Turn, tell func(soFar string)) (Reply, error)
}
