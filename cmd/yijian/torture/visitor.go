package torture

import (
	"context"
	"strconv"
	"sync"
	"time"

	"yijian/session"
)

// How long a visitor has patience for what. Nothing here is a verdict: a visitor who waited for long
// enough goes on or leaves, and the checker says whether somebody was let down.
const (
	lifetime    = 75 * time.Second // of a visitor, whatever happens
	greetWithin = 40 * time.Second
	botWithin   = 10 * time.Second
	lineWithin  = 15 * time.Second
	agentWithin = 30 * time.Second
)

// visitor plays one plan.
type visitor struct {
	*tab
	plan plan
	said int
}

// left is where a visitor stood when leaving: what the session is resumed from at the end.
type left struct {
	who     *person
	session session.ID
	token   string
	since   uint64
	tail    string
}

// visit plays one visitor and reports where it left, if it was ever let in.
func (w *world) visit(ctx context.Context, number int) (left, bool) {
	ctx, cancel := context.WithTimeout(ctx, lifetime)
	defer cancel()
	p := newPlan(w.cfg.Seed, number)
	who := &person{name: "v" + strconv.Itoa(number), role: session.FromVisitor}
	v := &visitor{tab: w.newTab(who, p, 0), plan: p}
	defer v.close()
	if v.until(ctx, greetWithin, func() bool { return v.token != "" }) {
		var second sync.WaitGroup
		if p.twoTabs {
			token := v.token
			second.Go(func() { w.secondTab(ctx, who, p, token) })
		}
		v.play(ctx)
		second.Wait()
	}
	return left{who, session.ID(v.session), v.token, v.last.Seq, v.last.ID}, v.token != ""
}

// secondTab is the same conversation on another page: it says one thing and listens.
func (w *world) secondTab(ctx context.Context, who *person, p plan, token string) {
	t := w.newTab(who, p, 1)
	defer t.close()
	t.token = token
	t.say(p.id("tab", 0), questions[p.lang][0])
	t.until(ctx, botWithin, func() bool { return t.said <= t.last.Seq })
	t.pass(ctx, 4*p.think)
}

func (v *visitor) play(ctx context.Context) {
	v.ask(ctx)
	switch v.plan.manner {
	case presses:
		v.tap("human", v.plan.id("tap", 0))
		if v.plan.calls {
			v.call(v.plan.id("call", 0))
		}
	case pleads:
		v.plead(ctx)
	case idles:
		v.pass(ctx, v.plan.idle)
	case switches:
		v.changeMind(ctx)
	}
	if v.plan.manner == presses || v.plan.manner == pleads || v.withPeople() {
		v.talk(ctx)
	}
	if !v.plan.ends {
		return
	}
	v.end(ctx)
	if v.plan.reopens {
		v.say(v.next("again"), v.plan.questions[0])
		v.until(ctx, botWithin, func() bool { return v.botSpoke > v.tab.said || v.withPeople() })
		v.end(ctx)
	}
}

func (v *visitor) next(what string) string {
	v.said++
	return v.plan.id(what, v.said)
}

// ask asks the bot all questions, for as long as it is the bot who answers.
func (v *visitor) ask(ctx context.Context) {
	for _, q := range v.plan.questions {
		if v.withPeople() {
			return
		}
		v.say(v.next("q"), q)
		v.until(ctx, botWithin, func() bool { return v.botSpoke > v.tab.said || v.withPeople() })
		v.pass(ctx, v.plan.think)
		if v.plan.reloads {
			v.close()
		}
	}
}

// plead asks for a person in words, and presses the button if the bot answers instead.
func (v *visitor) plead(ctx context.Context) {
	v.say(v.next("plea"), v.plan.plea())
	v.until(ctx, botWithin, func() bool { return v.withPeople() || v.botSpoke > v.tab.said })
	if !v.withPeople() {
		v.tap("human", v.plan.id("tap", 0))
	}
}

// changeMind goes into line and back to the bot, unless a person was faster.
func (v *visitor) changeMind(ctx context.Context) {
	v.tap("human", v.plan.id("tap", 0))
	v.until(ctx, lineWithin, v.withPeople)
	v.pass(ctx, v.plan.think)
	if v.owner == session.Waiting {
		v.tap("bot", v.plan.id("back", 0))
		v.until(ctx, lineWithin, func() bool { return v.owner == session.Bot || v.owner == session.Closed })
	}
}

// talk waits for a person and talks to whoever comes.
func (v *visitor) talk(ctx context.Context) {
	for n := range v.plan.talk {
		if !v.until(ctx, agentWithin, func() bool { return v.owner == session.Human || v.owner == session.Closed }) || v.owner == session.Closed {
			return
		}
		text := v.plan.questions[n%len(v.plan.questions)]
		if v.plan.farewell && n == v.plan.talk-1 {
			text = farewell
		}
		v.say(v.next("t"), text)
		v.until(ctx, agentWithin, func() bool { return v.agentSpoke > v.tab.said || v.owner == session.Closed })
		v.pass(ctx, v.plan.think)
	}
	if v.plan.farewell {
		v.until(ctx, lineWithin, func() bool { return v.owner == session.Closed })
	}
}

func (v *visitor) end(ctx context.Context) {
	if v.owner == session.Closed {
		return
	}
	v.tap("end", v.next("end"))
	v.until(ctx, lineWithin, func() bool { return v.owner == session.Closed })
}
