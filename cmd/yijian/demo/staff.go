package demo

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yijian/router"
	"yijian/router/queue"
	"yijian/session"
)

// inLine notes that the visitor waits, and has whoever is free offered the chat.
func (v *visitor) inLine() error {
	if _, err := v.router.Settle(v.ctx, v.id); err != nil {
		return err
	}
	v.summary.HandedOver++
	v.queued[v.id] = v
	return v.dispatch()
}

// dispatch offers who waits to who is free. In the last minutes of the day everybody has gone home.
func (d *day) dispatch() error {
	if len(d.queued) == 0 || d.now().After(d.End.Add(-last)) {
		return nil
	}
	done, err := d.desk.Dispatch(d.ctx, Site)
	if err != nil {
		return err
	}
	for _, offer := range done.Offers {
		at := slices.IndexFunc(d.Staff, func(a router.Agent) bool { return a.ID == offer.Agent })
		if at >= 0 {
			d.agenda.plan(d.after(3, 14), func() error { return d.take(d.Staff[at], offer) })
		}
	}
	return nil
}

// take accepts an offer and plans the answer.
func (d *day) take(a router.Agent, offer queue.Offer) error {
	v := d.queued[offer.Session]
	id, err := d.router.Accept(d.ctx, a, offer.ID)
	if errors.Is(err, queue.ErrOfferGone) {
		return d.dispatch()
	}
	if err != nil || v == nil {
		return err
	}
	delete(d.queued, id)
	d.summary.Answered++
	h := &helping{visitor: v, by: a}
	d.agenda.plan(d.after(5, 25), h.greet)
	return nil
}

// helping is a visitor with an agent.
type helping struct {
	*visitor
	by    router.Agent
	wrote int
}

func (h *helping) greet() error {
	text := strings.ReplaceAll(h.one(h.say.hello), "%s", h.by.Name)
	return h.reply(text, h.after(30, 150), h.solve)
}

func (h *helping) solve() error { return h.reply(h.one(h.say.help), h.after(15, 60), h.thanked) }

func (h *helping) thanked() error {
	if err := h.write(h.one(h.say.thanks)); err != nil {
		return err
	}
	h.agenda.plan(h.after(4, 15), h.part)
	return nil
}

func (h *helping) part() error { return h.reply(h.one(h.say.bye), h.after(20, 60), h.close) }

func (h *helping) reply(text string, then time.Time, next func() error) error {
	h.wrote++
	_, err := h.router.AgentMessage(h.ctx, h.id, h.by, fmt.Sprint("d", h.nth, "-", h.wrote), text)
	if errors.Is(err, session.ErrConflict) {
		return nil // the visitor has left
	}
	h.agenda.plan(then, next)
	return err
}

func (h *helping) close() error {
	if err := h.router.CloseByAgent(h.ctx, h.id, h.by, fmt.Sprint("close-", h.nth)); err != nil {
		return err
	}
	if err := h.rate(4, 5); err != nil {
		return err
	}
	return h.dispatch()
}
