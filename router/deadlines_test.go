package router

import (
	"context"
	"slices"
	"time"

	"yijian/router/bot"
	"yijian/router/queue"
	"yijian/session"
)

// deadlines are all durable timers, each in the situations that differ in what it does.
func deadlines() []deadline {
	return slices.Concat(settles(), asks(), quiets(), offers(), seats(), notes(), asides(), checks())
}

func owned(owner session.Owner, desk queue.State) func(e ending) bool {
	return func(e ending) bool {
		return e.State.Owner == owner && e.Ticket.State == desk && e.Ticket.Epoch == uint64(e.State.Epoch)
	}
}

func settles() []deadline {
	const kind = "session:" + timerSettle
	return []deadline{
		{kind, "a handoff", func(h *house) string {
			id := h.begin()
			h.append(id, session.Append{Drafts: []session.Draft{handoff("m:tap", session.FromVisitor, ReasonButton)}})
			return string(id)
		}, owned(session.Waiting, queue.InLine)},
		{kind, "an accept", func(h *house) string {
			return string(h.accepting(true))
		}, owned(session.Human, queue.Held)},
		{kind, "a close", func(h *house) string {
			id := h.held()
			h.append(id, session.Append{Drafts: []session.Draft{agentMove(ann, "bye", session.Closed, ReasonClosed)}})
			return string(id)
		}, owned(session.Closed, queue.Gone)},
		{kind, "a log that was rolled back", func(h *house) string {
			return string(h.ahead())
		}, func(e ending) bool { return owned(session.Waiting, queue.InLine)(e) && len(e.Log) == 1 }},
	}
}

// asks are the turns of the bot. takeTurns takes the turn that the timer asks for.
func asks() []deadline {
	const kind = "session:" + timerAsk
	asked := func(text string, reply bot.Reply) func(h *house) string {
		return func(h *house) string {
			h.router.bot = fakeBot{func(context.Context, bot.Turn) (bot.Reply, error) { return reply, nil }}
			id := h.begin()
			_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: text})
			h.must(err)
			<-h.router.turns.ready // the process that had the turn is gone
			h.router.turns.done(id)
			h.ms.Add(askLook.Milliseconds())
			return string(id)
		}
	}
	good := bot.Reply{Text: "Within 24 hours.", Intent: "shipping", Confidence: 0.9}
	return []deadline{
		{kind, "an answer", asked("When is it sent?", good), func(e ending) bool {
			return e.State.Owner == session.Bot && e.State.Ask == "" && len(e.Log) == 2
		}},
		{
			kind, "a bot that gives way", asked("When is it sent?", bot.Reply{Text: "A person knows.", Handoff: true}),
			func(e ending) bool { return owned(session.Waiting, queue.InLine)(e) && len(e.Log) == 3 },
		},
		{
			kind, "a visitor who wants a person", asked("I want to talk to a human agent", good),
			func(e ending) bool { return owned(session.Waiting, queue.InLine)(e) && len(e.Log) == 3 },
		},
		{kind, "a bot that stays silent", func(h *house) string {
			id := asked("When is it sent?", good)(h)
			h.ms.Add(time.Minute.Milliseconds())
			return id
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && e.State.Reason == ReasonBotSilent
		}},
	}
}

func quiets() []deadline {
	const kind = "session:" + timerIdle
	// quiet is a session whose visitor has the last answer and says nothing.
	quiet := func(h *house, d time.Duration) session.ID {
		rule, err := NewIdle(MinIdleEnd, MinIdleWarning)
		h.must(err)
		h.router.idle = map[string]Idle{"demo": rule}
		id := h.begin()
		h.says(id, "q")
		h.ms.Add(d.Milliseconds())
		return id
	}
	warned := func(h *house) session.ID {
		id := quiet(h, MinIdleEnd-MinIdleWarning)
		_, err := h.router.onIdleTimer(h.Context(), id)
		h.must(err)
		h.must(h.router.WarningSeen(h.Context(), "demo", id))
		return id
	}
	return []deadline{
		{kind, "the warning", func(h *house) string {
			return string(quiet(h, MinIdleEnd-MinIdleWarning))
		}, func(e ending) bool { return !e.State.Quiet.WarnedAt.IsZero() && e.State.Owner == session.Bot }},
		{kind, "the end", func(h *house) string {
			id := warned(h)
			h.ms.Add(MinIdleWarning.Milliseconds())
			return string(id)
		}, func(e ending) bool { return e.State.Owner == session.Closed && e.State.Seq == 3 }},
		{kind, "a warning that somebody in line needs no more", func(h *house) string {
			id := warned(h)
			h.append(id, session.Append{Drafts: []session.Draft{handoff("m:tap", session.FromVisitor, ReasonButton)}})
			return string(id)
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && e.State.Quiet.WarnedAt.IsZero()
		}},
		{"session:" + timerExpire, "a conversation that the record has", func(h *house) string {
			return string(h.expiring(true))
		}, func(e ending) bool { return e.State.Owner == "" && len(e.Log) == 0 }},
		{"session:" + timerExpire, "a conversation that the record does not have", func(h *house) string {
			return string(h.expiring(false))
		}, func(e ending) bool { return e.State.Owner == session.Closed && len(e.Log) == 1 }},
	}
}

func offers() []deadline {
	const offer, accepting = "desk:" + queue.TimerOffer, "desk:" + queue.TimerAccepting
	return []deadline{
		{offer, "one that nobody saw", func(h *house) string {
			id := h.offered().Session
			h.ms.Add(26_000)
			return string(id)
		}, owned(session.Waiting, queue.InLine)},
		{offer, "one too many that the agent saw and missed", func(h *house) string {
			first := h.offered()
			h.must(h.desk.Shown(h.Context(), "demo", "ann", first.ID))
			h.ms.Add(26_000)
			h.must(h.router.lapse(h.Context(), "demo", first.Session))
			h.ms.Add(120_000)
			h.sit()
			again, err := h.desk.Dispatch(h.Context(), "demo")
			h.must(err)
			h.must(h.desk.Shown(h.Context(), "demo", "ann", again.Offers[0].ID))
			h.ms.Add(26_000)
			h.sit()
			return string(first.Session)
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && len(e.Seats) == 1 && e.Seats[0].Status == queue.Away
		}},
		{accepting, "one that never reached the log", func(h *house) string {
			id := h.accepting(false)
			h.ms.Add(11_000)
			return string(id)
		}, owned(session.Waiting, queue.InLine)},
		{accepting, "one that did reach the log", func(h *house) string {
			id := h.accepting(true)
			h.ms.Add(11_000)
			return string(id)
		}, owned(session.Human, queue.Held)},
	}
}

func seats() []deadline {
	const kind = "desk:" + queue.TimerSeat
	return []deadline{
		{kind, "an agent who is lost", func(h *house) string {
			h.held()
			h.ms.Add(91_000)
			return "ann"
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && e.State.Reason == ReasonAgentLost && len(e.Seats) == 0
		}},
		{kind, "an agent who came back", func(h *house) string {
			h.held()
			h.ms.Add(89_000)
			h.sit()
			h.ms.Add(2_000)
			return "ann"
		}, owned(session.Human, queue.Held)},
		{kind, "an agent who had nothing", func(h *house) string {
			h.begin()
			h.sit()
			h.ms.Add(91_000)
			return "ann"
		}, func(e ending) bool { return len(e.Seats) == 0 }},
	}
}

func notes() []deadline {
	const kind = "desk:" + queue.TimerWrapUp
	return []deadline{
		{kind, "notes that are done", func(h *house) string {
			h.wrapsUp()
			h.ms.Add(notesFor.Milliseconds())
			return "ann"
		}, func(e ending) bool { return e.Seats[0].Status == queue.Available }},
		{kind, "an agent who chose to be away meanwhile", func(h *house) string {
			h.wrapsUp()
			_, err := h.desk.Sit(h.Context(), "demo", queue.Sitting{Agent: "ann", Node: "n", Status: queue.Away, Capacity: 2})
			h.must(err)
			h.ms.Add(notesFor.Milliseconds())
			return "ann"
		}, func(e ending) bool { return e.Seats[0].Status == queue.Away }},
	}
}

// asides are the visitors who leave, and those who would rather be called.
func asides() []deadline {
	const kind = "desk:" + queue.TimerAside
	left := func(h *house, d time.Duration) string {
		id := h.begin()
		h.must(h.router.Human(h.Context(), id, "tap"))
		h.ms.Add(d.Milliseconds())
		return string(id)
	}
	return []deadline{
		{kind, "a visitor who left the page", func(h *house) string {
			return left(h, awayAfter)
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && e.Ticket.Aside == queue.AsideAway
		}},
		{kind, "a visitor who was gone for a day", func(h *house) string {
			id := left(h, awayAfter)
			h.must(h.router.stepAside(h.Context(), "demo", session.ID(id)))
			h.ms.Add(queue.MissedAfter.Milliseconds())
			return id
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && e.Ticket.Missed && len(e.Log) == 2
		}},
		{kind, "the time of a call", func(h *house) string {
			id := left(h, time.Second)
			at := h.router.now().Add(time.Hour)
			h.must(h.router.Callback(h.Context(), session.ID(id), "call", Call{Phone: "13800000000", When: at}))
			h.ms.Add(time.Hour.Milliseconds())
			return id
		}, func(e ending) bool {
			return owned(session.Waiting, queue.InLine)(e) && e.Ticket.Aside == "" && e.Ticket.Callback
		}},
	}
}

func checks() []deadline {
	const kind = "desk:" + queue.TimerCheck
	due := func(h *house, id session.ID) string {
		h.must(h.db.Client.ZRem(h.Context(), h.due(id), timerSettle+":"+string(id)).Err())
		h.ms.Add(31_000)
		return "desk"
	}
	return []deadline{
		{kind, "a log that was rolled back and has no timer", func(h *house) string {
			return due(h, h.ahead())
		}, func(e ending) bool { return owned(session.Waiting, queue.InLine)(e) && len(e.Log) == 1 }},
		{kind, "a place whose session has gone on and has no timer", func(h *house) string {
			id := h.begin()
			h.must(h.router.Human(h.Context(), id, "tap"))
			h.append(id, session.Append{Drafts: []session.Draft{{
				ID: "m:end", Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Closed, Reason: ReasonEnded},
			}}})
			return due(h, id)
		}, owned(session.Closed, queue.Gone)},
	}
}
