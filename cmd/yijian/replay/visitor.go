package replay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/session"
	"yijian/web/wire"
)

var errUnanswered = errors.New("the message was refused, or the session closed before the answer")

// visitor plays one plan on one socket.
type visitor struct {
	cfg   Config
	plan  plan
	tally *tally
	sock  *client.Socket
	story story
	lived outcome

	asked time.Time // when a person was first asked for
}

// outcome is what a visitor adds to the report besides its story.
type outcome struct {
	Manner manner
	// Escalated says that the session went to people before the visitor asked for them.
	Escalated bool
	// WordsMissed says that the visitor asked in words and had to press the button after all.
	WordsMissed bool
	// Silent counts questions that the bot did not answer in time.
	Silent int
	// ToLine and ToAgent are from asking to the place in line and to a person; 0 if it never came.
	ToLine, ToAgent time.Duration
	// Err is why the plan was not played to its end.
	Err error
}

func newVisitor(cfg Config, p plan, t *tally) *visitor {
	v := &visitor{cfg: cfg, plan: p, tally: t, lived: outcome{Manner: p.Manner}}
	v.sock = client.New(client.Options{
		URL: client.URL(cfg.Server, "/v1/visitor"), Origin: cfg.Origin, Hello: v.hello, Ready: "welcome",
		Away: cfg.Away, Jitter: client.Jitter(cfg.Seed, "visitor", p.Number), Observer: t,
	})
	return v
}

func (v *visitor) hello() wire.In {
	last := v.story.last()
	return wire.In{
		T: "hello", Site: v.cfg.Site, Lang: v.plan.Lang, Token: v.story.token, Since: last.Seq, Tail: last.ID,
	}
}

// play does all that was planned, with the socket open at the end.
func (v *visitor) play(ctx context.Context) error {
	if err := v.until(ctx, v.cfg.Answer, func() bool { return v.story.life > 0 }); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := v.questions(ctx); err != nil {
		return fmt.Errorf("ask the bot: %w", err)
	}
	if v.story.withPeople() {
		v.lived.Escalated = true
		return v.person(ctx)
	}
	switch v.plan.Manner {
	case presses:
		v.press()
		return v.person(ctx)
	case asksInWords:
		if err := v.plead(ctx); err != nil {
			return fmt.Errorf("ask in words: %w", err)
		}
		return v.person(ctx)
	}
	return v.leave(ctx)
}

// questions asks the bot one question after the other, for as long as it is the bot who answers.
func (v *visitor) questions(ctx context.Context) error {
	for _, q := range v.plan.Questions {
		if v.story.withPeople() {
			return nil
		}
		v.say(q)
		err := v.until(ctx, v.cfg.Answer, func() bool {
			return v.story.botAnswered(q.ID) || v.story.withPeople() || v.refused(q.ID)
		})
		switch {
		case errors.Is(err, client.ErrTimeout):
			v.lived.Silent++
		case err != nil:
			return err
		}
	}
	// What the bot said last may have been its last word before giving way.
	return v.linger(ctx)
}

// afterward is how long a move may follow the message it belongs to.
const afterward = 500 * time.Millisecond

func (v *visitor) linger(ctx context.Context) error {
	err := v.until(ctx, afterward, v.story.withPeople)
	if errors.Is(err, client.ErrTimeout) {
		return nil
	}
	return err
}

func (v *visitor) press() {
	v.asking()
	v.sock.Keep(v.plan.Tap, wire.In{T: "human", ID: v.plan.Tap})
}

// plead asks for a person in words. If the bot answers instead, the visitor presses the button, as
// anybody would.
func (v *visitor) plead(ctx context.Context) error {
	v.asking()
	v.say(v.plan.Plea)
	err := v.until(ctx, v.cfg.Answer, func() bool {
		return v.story.withPeople() || v.story.botAnswered(v.plan.Plea.ID) || v.refused(v.plan.Plea.ID)
	})
	if err == nil && !v.story.withPeople() {
		err = v.linger(ctx)
	}
	if err != nil && !errors.Is(err, client.ErrTimeout) || v.story.withPeople() {
		return err
	}
	v.lived.WordsMissed = true
	v.press()
	return nil
}

func (v *visitor) asking() {
	v.story.Wanted = true
	if v.asked.IsZero() {
		v.asked = time.Now()
	}
}

// person waits for an agent, talks to whoever comes, and rates the conversation once it is closed.
func (v *visitor) person(ctx context.Context) error {
	if err := v.until(ctx, v.cfg.Person, func() bool { return v.story.owned(session.Human) }); err != nil {
		return fmt.Errorf("wait for a person: %w", err)
	}
	for _, l := range v.plan.Talk {
		v.sock.Send(wire.In{T: "typing"})
		v.say(l)
		err := v.until(ctx, v.cfg.Person, func() bool {
			return v.story.agentAnswered(l.ID) || v.refused(l.ID) || v.story.owned(session.Closed)
		})
		if err == nil && !v.story.agentAnswered(l.ID) {
			err = errUnanswered
		}
		if err != nil {
			return fmt.Errorf("wait for a person's answer: %w", err)
		}
	}
	if err := v.until(ctx, v.cfg.Person, func() bool { return v.story.owned(session.Closed) }); err != nil {
		return fmt.Errorf("wait for the agent to close: %w", err)
	}
	v.sock.Keep("rate", wire.In{T: "rate", Score: 5})
	if err := v.until(ctx, v.cfg.Answer, v.story.rated); err != nil {
		return fmt.Errorf("rate: %w", err)
	}
	return nil
}

func (v *visitor) leave(ctx context.Context) error {
	v.sock.Keep(v.plan.Leave, wire.In{T: "end", ID: v.plan.Leave})
	if err := v.until(ctx, v.cfg.Answer, func() bool { return v.story.owned(session.Closed) }); err != nil {
		return fmt.Errorf("end: %w", err)
	}
	return nil
}

func (v *visitor) say(l line) {
	v.story.Sent = append(v.story.Sent, sent{line: l, At: time.Now()})
	v.sock.Keep(l.ID, wire.In{T: "message", ID: l.ID, Text: l.Text})
}

func (v *visitor) refused(id string) bool {
	m := v.story.message(id)
	return m != nil && m.Refused != ""
}

// until takes frames in until something has come true, or returns client.ErrTimeout.
func (v *visitor) until(ctx context.Context, patience time.Duration, isTrue func() bool) error {
	since := time.Now()
	for !isTrue() {
		f, err := v.sock.Next(ctx, since, patience)
		if err != nil {
			return err
		}
		if err := v.take(f); err != nil {
			return err
		}
	}
	return nil
}
