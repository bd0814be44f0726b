package router

import (
	"testing"
	"time"

	"yijian/router/escalate"
	"yijian/session"
)

func TestS9AHeadStartIsBoundByAQuarterOfTheDesksOwnP95Wait(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		joins := func(reason string) time.Duration {
			h.Helper()
			id := h.begin()
			h.append(id, session.Append{Drafts: []session.Draft{handoff("m:"+reason, session.FromSystem, reason)}})
			_, err := h.router.Settle(h.Context(), id)
			h.must(err)
			ticket, err := h.desk.Ticket(h.Context(), "demo", id)
			h.must(err)
			return ticket.HeadStart
		}
		heads := func() map[string]time.Duration {
			return map[string]time.Duration{
				ReasonButton: joins(ReasonButton), escalate.ReasonRepeated: joins(escalate.ReasonRepeated),
				escalate.ReasonMoreTime: joins(escalate.ReasonMoreTime), escalate.ReasonSafety: joins(escalate.ReasonSafety),
			}
		}
		check := func(when string, got map[string]time.Duration, stuck, moreTime time.Duration) {
			h.Helper()
			want := map[string]time.Duration{
				ReasonButton: 0, escalate.ReasonRepeated: stuck, escalate.ReasonMoreTime: moreTime,
				escalate.ReasonSafety: safetyHeadStart,
			}
			for reason := range want {
				if got[reason] != want[reason] {
					h.Errorf("%s: %s has %v, want %v", when, reason, got[reason], want[reason])
				}
			}
		}
		check("nobody has waited yet", heads(), 0, 0)
		h.must(h.db.Client.FlushAll(h.Context()).Err())
		h.sit()
		id := h.joins(GeneralQueue)
		h.ms.Add((4 * time.Minute).Milliseconds())
		h.sit()
		h.took(id)
		h.ms.Add(waitsFresh.Milliseconds())
		check("after a wait of four minutes", heads(), stuckHeadStart, time.Minute)
	})
}
