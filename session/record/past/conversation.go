package past

import (
	"strings"
	"time"

	"yijian/session"
)

// Conversation is one that was held elsewhere.
type Conversation struct {
	// Source is its id there.
	Source string
	Site   string
	Lang   string
	// Queue and Reason are those of its handoff, if it had one.
	Queue, Reason string
	// Rating is 1 to 5, 0 for none.
	Rating int
	Turns  []Turn
	// Line is where it begins in the file.
	Line int
}

// Turn is one message of it.
type Turn struct {
	At   time.Time
	From session.Role
	// Agent is the name of the person who wrote it.
	Agent      string
	Text       string
	Intent     string
	Confidence float64
	Unsure     bool
}

// Options say how a file is to be read.
type Options struct {
	// Site is the site of conversations that name none.
	Site string
	// Encoding is Auto if empty.
	Encoding string
	// Zone is that of times without one; UTC if nil.
	Zone *time.Location
	// Columns gives columns of a CSV file their names here: {"chat_id": "conversation"}.
	Columns map[string]string
	// Now bounds times.
	Now time.Time
}

// mostText bounds a message, as the sockets do; mostTurns a conversation.
const (
	mostText  = 16 << 10
	mostTurns = 10_000
	mostName  = 100
)

// roles are the words that people write for who spoke.
var roles = map[string]session.Role{
	"visitor": session.FromVisitor, "customer": session.FromVisitor, "user": session.FromVisitor, "client": session.FromVisitor,
	"访客": session.FromVisitor, "客户": session.FromVisitor, "用户": session.FromVisitor, "顾客": session.FromVisitor, "买家": session.FromVisitor,
	"bot": session.FromBot, "robot": session.FromBot, "assistant": session.FromBot, "ai": session.FromBot, "机器人": session.FromBot,
	"智能客服": session.FromBot, "agent": session.FromAgent, "staff": session.FromAgent, "human": session.FromAgent,
	"客服": session.FromAgent, "人工": session.FromAgent, "人工客服": session.FromAgent, "卖家": session.FromAgent, "坐席": session.FromAgent,
}

func roleOf(text string) (session.Role, bool) {
	role, ok := roles[strings.ToLower(strings.TrimSpace(text))]
	return role, ok
}
