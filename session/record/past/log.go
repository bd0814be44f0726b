package past

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
	"time"

	"github.com/google/uuid"

	"yijian/session"
)

// ReasonImported is the reason of moves that follow from who spoke.
const ReasonImported = "imported"

// What conversations that name none have: a language, a queue, somebody who answered.
const (
	defaultLang  = "zh-CN"
	defaultQueue = "general"
	unnamed      = "agent"
)

// ID is the session that the conversation becomes: the same for the same conversation, and sorted by
// its beginning like all others.
func (c Conversation) ID() session.ID {
	sum := sha256.Sum256([]byte(c.Site + "\x00" + c.Source))
	id := uuid.UUID(sum[:16])
	ms := c.Turns[0].At.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (8 * (5 - i)))
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return session.ID(id.String())
}

// Log is what the conversation would have been here, and how it stands at its end. Where an agent
// begins to speak it was handed over; where the bot speaks after that, the visitor went back to it.
func (c Conversation) Log() ([]session.Event, session.State) {
	b := &builder{c: c, sum: sha256.New(), state: session.State{
		Site: c.Site, Lang: cmp.Or(c.Lang, defaultLang), Owner: session.Bot, Created: c.Turns[0].At,
	}}
	for _, t := range c.Turns {
		b.turn(t)
	}
	last := c.Turns[len(c.Turns)-1].At
	if c.Rating > 0 {
		b.add(session.Event{At: last, Kind: session.KindRating, From: session.FromVisitor, Body: session.Body{Score: c.Rating}})
	}
	b.move(last, session.Body{To: session.Closed, Reason: ReasonImported})
	return b.events, b.state
}

// builder writes the log of a conversation.
type builder struct {
	c      Conversation
	events []session.Event
	state  session.State
	sum    hash.Hash // of all that was said so far
}

func (b *builder) turn(t Turn) {
	if t.From == session.FromAgent {
		t.Agent = cmp.Or(t.Agent, unnamed)
	}
	switch {
	case t.From == session.FromAgent && (b.state.Owner != session.Human || b.state.Agent != t.Agent):
		arrived := t.At.UnixMicro()
		if b.state.Owner != session.Waiting {
			b.move(t.At, session.Body{
				To: session.Waiting, Arrived: arrived, Queue: cmp.Or(b.c.Queue, defaultQueue),
				Reason: cmp.Or(b.c.Reason, ReasonImported),
			})
		}
		b.move(t.At, session.Body{To: session.Human, Agent: t.Agent, Name: t.Agent, Arrived: arrived, Reason: "accepted"})
	case t.From == session.FromBot && b.state.Owner != session.Bot:
		b.move(t.At, session.Body{To: session.Bot, Reason: "back_to_bot"})
	}
	e := session.Event{At: t.At, Kind: session.KindMessage, From: t.From, Body: session.Body{
		Text: t.Text, Intent: t.Intent, Confidence: t.Confidence, Unsure: t.Unsure,
	}}
	if t.From == session.FromAgent {
		e.By, e.Body.Name = t.Agent, t.Agent
	}
	b.add(e)
}

func (b *builder) move(at time.Time, body session.Body) {
	by := session.FromSystem
	switch body.To {
	case session.Human:
		by = session.FromAgent
	case session.Bot:
		by = session.FromVisitor
	}
	b.add(session.Event{At: at, Kind: session.KindMove, From: by, By: body.Agent, Body: body})
}

// add gives an event its number and its id. The id follows from all that was said so far, so the id of
// the last event tells whether two logs are the same.
func (b *builder) add(e session.Event) {
	for _, part := range [...]string{
		string(e.Kind), string(e.From), e.By, e.Body.Text, e.Body.Intent,
		strconv.FormatInt(e.At.UnixMilli(), 10), strconv.Itoa(e.Body.Score),
	} {
		b.sum.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	e.Seq, e.Prev = b.state.Seq+1, b.state.Tail
	own := "i" + strconv.FormatUint(e.Seq, 10) + "-" + hex.EncodeToString(b.sum.Sum(nil))[:16]
	switch {
	case e.Kind != session.KindMessage:
		e.ID = "m:" + own
	case e.From == session.FromVisitor:
		e.ID = session.VisitorEventID(own)
	case e.From == session.FromBot:
		e.ID = session.BotEventID(b.state.Ask, int(e.Seq))
		if b.state.Ask == "" {
			e.ID = session.BotEventID(own, 0)
		}
	default:
		e.ID = session.AgentEventID(e.By, own)
	}
	b.state = session.Fold(b.state, e)
	b.events = append(b.events, e)
}
