package session_test

import (
	"fmt"
	"time"

	"yijian/session"
)

// op is one step of a random walk: an append, an offer made void, or time that passes.
type op struct {
	write session.Append
	void  int64
	pass  time.Duration
}

// ops turns bytes into steps, legal ones and illegal ones. It looks at the model to make legal steps
// likely, because a walk of nothing but refusals finds nothing.
type ops struct {
	data  []byte
	model *model
	made  int
	last  session.Append
}

// maxSteps bounds one walk, so that the fuzz engine spends its time on many.
const maxSteps = 64

func (o *ops) byte() byte {
	if len(o.data) == 0 {
		return 0
	}
	b := o.data[0]
	o.data = o.data[1:]
	return b
}

func pick[T any](o *ops, of []T) T { return of[int(o.byte())%len(of)] }

// next returns the next step, and false at the end of the bytes.
func (o *ops) next() (op, bool) {
	if len(o.data) == 0 {
		return op{}, false
	}
	s := o.model.state
	var a session.Append
	switch o.byte() % 11 {
	case 0: // the visitor writes
		a.Drafts = []session.Draft{{ID: o.id(), Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: o.text()}}}
	case 1: // the bot answers as it should, perhaps giving way
		a = session.Append{Drafts: o.reply(s.Ask), Epoch: s.Epoch, Ask: s.Ask}
	case 2: // the bot answers late, or something else
		a = session.Append{Drafts: o.reply(s.Ask), Epoch: s.Epoch - int64(o.byte()%3) + 1, Ask: pick(o, []string{s.Ask, "", "x:0"})}
	case 3: // a legal move
		a = session.Append{Drafts: []session.Draft{o.legal(s)}, Epoch: s.Epoch, Ask: s.Ask, Offer: s.Void + 1}
		if a.Drafts[0].From == session.FromSystem && !s.At.IsZero() {
			a.Quiet = s.At.Add(time.Duration(int(o.byte())%3-1) * time.Millisecond)
		}
	case 4: // anything
		a = o.anything(1)
	case 5: // anything, in a batch
		a = o.anything(2 + int(o.byte()%2))
	case 6: // the agent writes
		a.Drafts = []session.Draft{{ID: o.id(), Kind: session.KindMessage, From: session.FromAgent, By: o.agent(), Body: session.Body{Text: o.text()}}}
	case 7:
		return op{void: int64(o.byte() % 8)}, true
	case 8:
		return op{pass: time.Duration(o.byte()) * 100 * time.Millisecond}, true
	case 9: // the same again, as after an answer that was lost
		a = o.last
	case 10: // a repair, sometimes of what needs none or beside something else
		a = session.Append{Drafts: []session.Draft{o.repair(s)}, Epoch: pick(o, []int64{s.Epoch, s.Epoch, s.Epoch - 1})}
		if o.byte()%8 == 0 {
			a.Drafts = append(a.Drafts, o.draft())
		}
	}
	o.last = a
	return op{write: a}, true
}

func (o *ops) anything(n int) session.Append {
	s := o.model.state
	a := session.Append{
		Epoch: pick(o, []int64{0, 0, s.Epoch, s.Epoch, s.Epoch - 1, s.Epoch + 1}),
		Ask:   pick(o, []string{s.Ask, s.Ask, "", "x:0"}), Offer: int64(o.byte() % 8),
	}
	for range n {
		a.Drafts = append(a.Drafts, o.draft())
	}
	return a
}

func (o *ops) draft() session.Draft {
	d := session.Draft{
		ID:   o.id(),
		From: pick(o, []session.Role{session.FromVisitor, session.FromBot, session.FromAgent, session.FromSystem}),
		Kind: pick(o, []session.Kind{
			session.KindMove, session.KindMessage, session.KindMove, session.KindMessage, session.KindMove,
			session.KindNote, session.KindRating, session.KindNotice, session.KindRead, session.KindDecision,
		}),
	}
	if d.From == session.FromAgent {
		d.By = o.agent()
	}
	if d.Kind != session.KindMove {
		d.Body.Text = o.text()
		return d
	}
	d.Body = session.Body{
		To:     pick(o, []session.Owner{session.Bot, session.Waiting, session.Human, session.Closed, "", "nobody"}),
		Reason: pick(o, []string{"", "button", "words"}), Queue: pick(o, []string{"", "general", "appeals"}),
	}
	if d.Body.To == session.Human {
		d.Body.Agent = pick(o, []string{"ann", "bob", ""})
	}
	return d
}

func (o *ops) reply(ask string) []session.Draft {
	says := session.Draft{ID: session.BotEventID(ask, 1), Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: o.text()}}
	gives := moves(session.BotEventID(ask, 2), session.FromBot, session.Waiting, "")
	return [][]session.Draft{{says}, {says, gives}, {gives}, {gives, says}}[o.byte()%4]
}

// legal is a move that the table allows now.
func (o *ops) legal(s session.State) session.Draft {
	var can []session.Move
	for _, m := range session.Moves() {
		if m.From == s.Owner {
			can = append(can, m)
		}
	}
	m := pick(o, can)
	d := moves(o.id(), m.By, m.To, o.agent())
	if m.From == session.Human && m.By == session.FromAgent {
		d.By = s.Agent
	}
	return d
}

func (o *ops) repair(s session.State) session.Draft {
	d := session.Draft{ID: o.id(), Kind: session.KindMove, From: pick(o, []session.Role{session.FromSystem, session.FromSystem, session.FromSystem, session.FromAgent})}
	d.Body = session.Body{
		To:    pick(o, []session.Owner{session.Bot, session.Waiting, session.Human, session.Closed, session.Waiting, "nobody"}),
		Agent: pick(o, []string{"", "ann"}), Reason: "repaired", Queue: "general",
		Epoch: s.Epoch + int64(o.byte()%5) - 1,
	}
	if d.Body.To == session.Waiting || d.Body.To == session.Human {
		d.Body.Arrived = 1_600_000_000_000_000 + int64(o.byte())
	}
	return d
}

// id is a new one, or half as often one that was made before.
func (o *ops) id() string {
	b := int(o.byte())
	if b%3 == 0 && o.made > 0 {
		return fmt.Sprint("x:", b/3%o.made+1)
	}
	o.made++
	return fmt.Sprint("x:", o.made)
}

func (o *ops) text() string  { return pick(o, []string{"a", "a", "b", ""}) }
func (o *ops) agent() string { return pick(o, []string{"ann", "ann", "bob"}) }
