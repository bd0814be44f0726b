package demo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"yijian/router"
	"yijian/router/bot/kb"
	"yijian/session"
)

// visitor is somebody who comes in the day.
type visitor struct {
	*day
	nth   int
	wants wish
	say   *lines
	id    session.ID
	said  int
	asked string // the question the visitor came with
	// answered counts offers of a person that the visitor has answered, so that none is answered twice.
	answered map[string]bool
}

// arrive begins the conversation.
func (v *visitor) arrive() error {
	v.id, v.answered = v.newID(), map[string]bool{}
	arrival := router.Arrival{Site: Site, Lang: v.say.lang}
	if v.wants == slow {
		arrival.Assist = 1
	}
	if err := v.router.BeginAgain(v.ctx, v.id, arrival); err != nil {
		return err
	}
	v.summary.Visitors++
	if v.asked == "" {
		v.asked = v.question()
	}
	return v.ask(v.asked, v.follow)
}

// newID is the id of a session that begins now, from the dice of the day.
func (v *visitor) newID() session.ID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(v.ms.Load())<<16|v.rng.Uint64()&0xfff)
	binary.BigEndian.PutUint64(id[8:], v.rng.Uint64())
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return session.ID(id.String())
}

// question is one that the knowledge base has, in the visitor's language.
func (v *visitor) question() string {
	for {
		entry := v.Knowledge.Entries[v.rng.IntN(len(v.Knowledge.Entries))]
		if text := entry.In(kb.Language(v.say.lang)); text != nil && len(text.Questions) > 0 {
			return v.one(text.Questions)
		}
	}
}

// ask writes to the bot, waits until it has answered or a person is called, and goes on with next in a
// while.
func (v *visitor) ask(text string, next func() error) error {
	if err := v.write(text); err != nil {
		return err
	}
	s, err := v.settled()
	if err != nil {
		return err
	}
	if s.Owner == session.Waiting {
		return v.inLine()
	}
	if done, err := v.answerOffer(s); done || err != nil {
		return err
	}
	v.agenda.plan(v.after(8, 70), next)
	return nil
}

func (v *visitor) write(text string) error {
	v.said++
	m := router.Message{ClientID: fmt.Sprintf("%d-%d", v.nth, v.said), Text: text}
	if v.wants == slow {
		m.Pace = &session.Pace{T: 4, Pause: 3 + v.rng.IntN(2), Edits: v.rng.IntN(4)}
	}
	_, err := v.router.VisitorMessage(v.ctx, v.id, m)
	return err
}

// settled waits until the bot owes no answer. That takes a moment of the real clock, none of the day's.
func (v *visitor) settled() (session.State, error) {
	for {
		s, err := v.node.State(v.ctx, v.id)
		if err != nil || s.Owner != session.Bot || s.Ask == "" {
			return s, err
		}
		select {
		case <-v.ctx.Done():
			return s, v.ctx.Err()
		case <-time.After(200 * time.Microsecond):
		}
	}
}

// answerOffer says yes or no if a person was just offered.
func (v *visitor) answerOffer(s session.State) (inLine bool, err error) {
	events, err := v.node.Read(v.ctx, v.id, s.Seq-min(s.Seq, 3)+1, s.Seq)
	if err != nil {
		return false, err
	}
	for _, e := range events {
		offer := e.Body.Offer
		if e.Kind != session.KindDecision || offer == "" || v.answered[offer] {
			continue
		}
		v.answered[offer] = true
		yes := v.rng.IntN(10) < 7
		v.ms.Add(4000)
		err := v.router.Answer(v.ctx, v.id, fmt.Sprint("offer-", v.nth, "-", len(v.answered)), offer, yes)
		if err != nil && !errors.Is(err, router.ErrNoOffer) {
			return false, err
		}
		if yes {
			return true, v.inLine()
		}
	}
	return false, nil
}

// follow is what the visitor does after an answer of the bot.
func (v *visitor) follow() error {
	switch {
	case v.said > 4:
		return v.leave()
	case v.wants == person && v.rng.IntN(2) == 0:
		return v.ask(v.one(v.say.human), v.follow)
	case v.wants == person || v.wants == call:
		return v.press()
	case v.wants == stuck:
		return v.ask(v.one(v.say.nonsense), v.follow)
	case v.wants == repeats:
		return v.ask(v.one(v.say.again)+v.asked, v.follow)
	case v.wants == angry && v.said == 1:
		return v.ask(v.one(v.say.angry), v.follow)
	case v.wants == stolen && v.said == 1:
		return v.ask(v.one(v.say.stolen), v.follow)
	case v.wants == slow && v.said < 3:
		return v.ask(v.one(v.say.slow), v.follow)
	case v.said == 1 && v.rng.IntN(3) == 0:
		return v.ask(v.question(), v.follow)
	}
	return v.leave()
}

// press is the one button; who would rather be called leaves a number.
func (v *visitor) press() error {
	if err := v.router.Human(v.ctx, v.id, fmt.Sprint("tap-", v.nth)); err != nil {
		return err
	}
	if v.wants == call {
		v.ms.Add(9000)
		phone := fmt.Sprintf("1380013%04d", v.rng.IntN(10_000))
		if err := v.router.Callback(v.ctx, v.id, fmt.Sprint("call-", v.nth), router.Call{Phone: phone}); err != nil {
			return err
		}
	}
	return v.inLine()
}

// leave ends the conversation, sometimes with a rating.
func (v *visitor) leave() error {
	if err := v.router.End(v.ctx, v.id, fmt.Sprint("end-", v.nth)); err != nil {
		return err
	}
	return v.rate(3, 5)
}

// rate gives stars now and then.
func (v *visitor) rate(least, most int) error {
	if v.rng.IntN(3) > 0 {
		return nil
	}
	v.summary.Rated++
	return v.router.Rate(v.ctx, v.id, least+v.rng.IntN(most-least+1), "")
}
