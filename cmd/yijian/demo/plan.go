package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yijian/router/bot/kb"
	"yijian/router/queue"
)

// wish is what a visitor comes for.
type wish int

const (
	answer  wish = iota // one that the bot knows
	person              // asks for one
	stuck               // says what the bot cannot know
	repeats             // asks the same again
	angry               // complains
	stolen              // was robbed
	slow                // needs more time
	call                // would rather be called
)

// crowd says how many of a hundred visitors come for what.
var crowd = map[wish]int{answer: 48, person: 14, stuck: 10, repeats: 9, angry: 6, stolen: 3, slow: 7, call: 3}

// busy is how many come in each hour of the clock, of a thousand or so.
var busy = [24]int{8, 5, 3, 2, 2, 4, 10, 24, 48, 70, 78, 66, 52, 58, 70, 74, 66, 52, 44, 56, 72, 68, 40, 18}

// last is how long before its end the day leaves those who ask for a person waiting.
const last = 20 * time.Minute

// open seats the staff and plans who comes when.
func (d *day) open() error {
	for _, a := range d.Staff {
		_, err := d.desk.Renew(d.ctx, Site, queue.Sitting{Agent: a.ID, Name: a.Name, Node: d.node.ID(), Status: queue.Available, Capacity: 3})
		if err != nil {
			return err
		}
	}
	begin := d.now()
	left := min(d.Visitors, 5)
	for n := range d.Visitors - left {
		d.visit(begin.Add(d.moment(begin, 24*time.Hour-last-10*time.Minute)), d.wish(), n)
	}
	for n, wants := range []wish{person, call, stolen, call, person}[:left] {
		d.visit(d.End.Add(-last+time.Duration(n+1)*3*time.Minute), wants, d.Visitors+n)
	}
	d.agenda.plan(begin.Add(12*time.Hour), d.publish)
	return nil
}

// visit plans a visitor.
func (d *day) visit(at time.Time, wants wish, n int) {
	v := &visitor{day: d, nth: n, wants: wants, say: &chinese}
	if d.rng.IntN(5) == 0 {
		v.say = &english
	}
	// What everybody searches for first is there.
	switch n {
	case 0:
		v.say, v.asked = &chinese, d.about("退款")
	case 1:
		v.say, v.asked = &english, d.about("refund")
	}
	d.agenda.plan(at, v.arrive)
}

// about is the first question of the knowledge base with a word in it, if there is one.
func (d *day) about(word string) string {
	for _, entry := range d.Knowledge.Entries {
		for _, text := range []*kb.Text{entry.ZH, entry.EN} {
			if text == nil {
				continue
			}
			at := slices.IndexFunc(text.Questions, func(q string) bool { return strings.Contains(strings.ToLower(q), word) })
			if at >= 0 {
				return text.Questions[at]
			}
		}
	}
	return ""
}

// moment draws a time of the day as busy as the clock says, from the first up to a length.
func (d *day) moment(begin time.Time, length time.Duration) time.Duration {
	for {
		at := time.Duration(d.rng.Int64N(int64(length)))
		if d.rng.IntN(80) < busy[begin.Add(at).Local().Hour()] {
			return at
		}
	}
}

func (d *day) wish() wish {
	n := d.rng.IntN(100)
	for w := range call {
		if n -= crowd[w]; n < 0 {
			return w
		}
	}
	return call
}

// publish makes the rules kinder half way through, as ops would who looked at the decisions.
func (d *day) publish() error {
	draft := d.policies.Current()
	draft.OfferAt = max(draft.OfferAt-10, draft.AssistAt+1)
	_, err := d.policies.Publish(d.ctx, draft.Version, draft, d.Author, "有几位访客问了两遍，才问他们要不要转人工：早一点问 · ask a little earlier")
	if err != nil {
		return fmt.Errorf("publishing a policy: %w", err)
	}
	return nil
}

// after is a moment between so many seconds from now.
func (d *day) after(least, most int) time.Time {
	return d.now().Add(time.Duration(least*1000+d.rng.IntN((most-least)*1000)) * time.Millisecond)
}

func (d *day) one(of []string) string { return of[d.rng.IntN(len(of))] }
