package backtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"yijian/session"
)

// maxLine is the longest line that Read takes: a conversation of some thousand messages.
const maxLine = 4 << 20

// line is one conversation of a file, and turn one message in it, or one event of an export.
type line struct {
	ID    string `json:"id"`
	Turns []turn `json:"turns"`
	told
}

type turn struct {
	Kind   session.Kind  `json:"kind"`
	From   session.Role  `json:"from"`
	Text   string        `json:"text"`
	Intent string        `json:"intent"`
	Unsure bool          `json:"unsure"`
	At     time.Time     `json:"at"`
	Pace   *session.Pace `json:"pace"`
	Owner  session.Owner `json:"owner"`
	Code   string        `json:"code"`
	toldOf
}

// told and toldOf are what `yijian export` tells besides, which no policy asks for.
type told struct {
	Site   json.RawMessage `json:"site"`
	Lang   json.RawMessage `json:"lang"`
	Owner  json.RawMessage `json:"owner"`
	Agent  json.RawMessage `json:"agent"`
	Queue  json.RawMessage `json:"queue"`
	Reason json.RawMessage `json:"reason"`
	Opened json.RawMessage `json:"opened"`
	Closed json.RawMessage `json:"closed"`
	Rating json.RawMessage `json:"rating"`
}

type toldOf struct {
	Seq        json.RawMessage `json:"seq"`
	AI         json.RawMessage `json:"ai"`
	Agent      json.RawMessage `json:"agent"`
	Name       json.RawMessage `json:"name"`
	Reason     json.RawMessage `json:"reason"`
	Queue      json.RawMessage `json:"queue"`
	Confidence json.RawMessage `json:"confidence"`
	Score      json.RawMessage `json:"score"`
	Phone      json.RawMessage `json:"phone"`
}

// Read reads conversations from JSON lines:
//
//	{"id":"7","turns":[{"from":"visitor","text":"…"},{"from":"bot","text":"…","intent":"refund","unsure":false,"at":"2026-11-23T08:00:00Z"}]}
//
// Messages are from visitor, bot or agent; intent, unsure, pace and at may be left out. What `yijian
// export` writes is read as well, with its moves. A line that cannot be read ends the reading with an
// error that names it.
func Read(r io.Reader) ([]Conversation, error) {
	var all []Conversation
	first := map[string]int{}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), maxLine)
	n := 0
	for sc.Scan() {
		n++
		text := bytes.TrimSpace(bytes.TrimPrefix(sc.Bytes(), []byte("\ufeff")))
		if len(text) == 0 {
			continue
		}
		c, err := parse(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if was, ok := first[c.ID]; ok {
			return nil, fmt.Errorf("line %d: conversation %q stands in line %d already; give each an id of its own", n, c.ID, was)
		}
		first[c.ID] = n
		all = append(all, c)
	}
	if err := sc.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d: longer than %d MiB; write one conversation a line", n+1, maxLine>>20)
	} else if err != nil {
		return nil, fmt.Errorf("reading conversations: %w", err)
	}
	if len(all) == 0 {
		return nil, errors.New(`no conversations; write one a line: {"id":"1","turns":[{"from":"visitor","text":"…"}]}`)
	}
	return all, nil
}

func parse(text []byte) (Conversation, error) {
	var l line
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return Conversation{}, fmt.Errorf("this is not a conversation: %w; the fields are id and turns of {from,text,intent,unsure,at,pace}", err)
	}
	if dec.More() {
		return Conversation{}, errors.New("more follows the conversation; write one a line")
	}
	if l.ID == "" {
		return Conversation{}, errors.New("the conversation has no id; give each an id of its own")
	}
	return l.conversation()
}

// conversation is the log that the turns would have been. Where an agent begins to speak, the
// conversation moved to a person; where the bot speaks after that, back to the bot. An export tells of
// its moves itself.
func (l line) conversation() (Conversation, error) {
	c := Conversation{ID: l.ID}
	ask, owner := "", session.Bot
	for i, t := range l.Turns {
		if t.Kind != "" && t.Kind != session.KindMessage {
			if t.Kind == session.KindMove {
				owner = t.Owner
			}
			c.Events = append(c.Events, t.told(uint64(len(c.Events)+1)))
			continue
		}
		if now := t.owner(owner); now != owner {
			owner = now
			c.Events = append(c.Events, session.Event{
				Seq: uint64(len(c.Events) + 1), At: t.At.UTC(), Kind: session.KindMove, From: session.FromSystem,
				Body: session.Body{To: owner},
			})
		}
		e, err := t.event(uint64(len(c.Events)+1), ask)
		if err != nil {
			return Conversation{}, fmt.Errorf("conversation %q, turn %d: %w", l.ID, i+1, err)
		}
		if e.From == session.FromVisitor {
			ask = e.ID
		}
		c.Events = append(c.Events, e)
	}
	return c, nil
}

// owner is who answers once this turn is spoken.
func (t turn) owner(before session.Owner) session.Owner {
	switch t.From {
	case session.FromAgent:
		return session.Human
	case session.FromBot:
		return session.Bot
	}
	return before
}

// told is an event of an export that is no message.
func (t turn) told(seq uint64) session.Event {
	return session.Event{
		Seq: seq, At: t.At.UTC(), Kind: t.Kind, From: t.From,
		Body: session.Body{Text: t.Text, To: t.Owner, Code: t.Code},
	}
}

// event is the log entry that a turn would have been.
func (t turn) event(seq uint64, ask string) (session.Event, error) {
	n := strconv.FormatUint(seq, 10)
	e := session.Event{
		Seq: seq, At: t.At.UTC(), Kind: session.KindMessage, From: t.From,
		Body: session.Body{Text: t.Text, Intent: t.Intent, Unsure: t.Unsure, Pace: t.Pace},
	}
	switch t.From {
	case session.FromVisitor:
		e.ID = session.VisitorEventID(n)
	case session.FromBot:
		e.ID = "b:" + ask + ":" + n
	case session.FromAgent:
		e.ID = session.AgentEventID("agent", n)
	default:
		return e, fmt.Errorf("from is %q; write visitor, bot or agent", t.From)
	}
	return e, nil
}
