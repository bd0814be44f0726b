package replay

import (
	"fmt"

	"yijian/session"
	"yijian/web/wire"
)

// faults are the promises that a session broke, each as a sentence.
type faults struct {
	Lost, Doubled, BotAfterHandoff, Dropped []string
}

// check holds what a visitor sent and was shown against the transcript that the server keeps. It is a
// pure function; the words of the report mean exactly this:
//
// lost: a message that the server acknowledged, or that was sent by a visitor who finished, is not
// in the transcript with its text, or at another seq than acknowledged; an event that visitors may
// see is in the transcript but never reached this visitor in its turn, although the socket was open
// and had time; an event the visitor holds is not in the transcript; a seq is missing from the
// transcript.
//
// doubled: one id is stored under two seqs, or one seq came twice on one connection. The same seq on
// two connections is what resuming may do and a page hides.
//
// bot_after_handoff: an event of the bot is stored between a move to waiting or human and the next
// move to bot (invariant 3).
//
// dropped, at most once a session: the server could not give the session back; the visitor wanted a
// person and none came while the visitor waited; or somebody other than the visitor or the agent
// took the session out of the line or away from a person (invariant 5).
func check(s story, log []wire.Event) faults {
	var f faults
	f.Lost = append(f.Lost, lostMessages(s, log)...)
	f.Lost = append(f.Lost, lostEvents(s, log)...)
	f.Lost = append(f.Lost, gaps(log)...)
	f.Doubled = append(f.Doubled, storedTwice(log)...)
	f.Doubled = append(f.Doubled, seenTwice(s.Seen)...)
	f.BotAfterHandoff = botAfterHandoff(log)
	if why := dropped(s, log); why != "" {
		f.Dropped = []string{why}
	}
	return f
}

func lostMessages(s story, log []wire.Event) []string {
	stored := map[string]wire.Event{}
	for _, e := range log {
		if isMessage(e, session.FromVisitor) {
			stored[e.ID] = e
		}
	}
	var lost []string
	for _, m := range s.Sent {
		if m.Refused != "" || m.Seq == 0 && !s.Finished {
			continue
		}
		e, there := stored[m.ID]
		switch {
		case !there:
			lost = append(lost, fmt.Sprintf("message %s is not in the transcript", m.ID))
		case e.Text != m.Text:
			lost = append(lost, fmt.Sprintf("message %s is stored with another text", m.ID))
		case m.Seq != 0 && m.Seq != e.Seq:
			lost = append(lost, fmt.Sprintf("message %s was acknowledged as %d and is stored as %d", m.ID, m.Seq, e.Seq))
		}
	}
	return lost
}

func lostEvents(s story, log []wire.Event) []string {
	type place struct {
		seq uint64
		id  string
	}
	stored, held := map[place]bool{}, map[place]bool{}
	for _, e := range log {
		stored[place{e.Seq, e.ID}] = true
	}
	var lost []string
	for _, e := range s.Held {
		at := place{e.Seq, e.ID}
		held[at] = true
		if !stored[at] {
			lost = append(lost, fmt.Sprintf("event %d %s was shown and is not in the transcript", e.Seq, e.ID))
		}
	}
	for _, e := range log {
		if s.Open && visible(e) && !held[place{e.Seq, e.ID}] {
			lost = append(lost, fmt.Sprintf("event %d %s never reached the visitor", e.Seq, e.ID))
		}
	}
	return lost
}

// visible reports whether the visitor is to see an event.
func visible(e wire.Event) bool {
	return session.Event{Kind: session.Kind(e.Kind)}.ForVisitor()
}

func gaps(log []wire.Event) []string {
	var lost []string
	next := uint64(1)
	for _, e := range log {
		for ; next < e.Seq; next++ {
			lost = append(lost, fmt.Sprintf("event %d is missing from the transcript", next))
		}
		next = e.Seq + 1
	}
	return lost
}

func storedTwice(log []wire.Event) []string {
	type sender struct{ from, agent, id string }
	var twice []string
	at := map[sender]uint64{}
	for _, e := range log {
		key := sender{e.From, e.Agent, e.ID}
		if first, there := at[key]; there {
			twice = append(twice, fmt.Sprintf("%s is stored as %d and as %d", e.ID, first, e.Seq))
			continue
		}
		at[key] = e.Seq
	}
	return twice
}

func seenTwice(all []seen) []string {
	type place struct {
		life int
		seq  uint64
	}
	var twice []string
	came := map[place]bool{}
	for _, e := range all {
		at := place{e.Life, e.Seq}
		if came[at] {
			twice = append(twice, fmt.Sprintf("event %d came twice on connection %d", e.Seq, e.Life))
		}
		came[at] = true
	}
	return twice
}

func botAfterHandoff(log []wire.Event) []string {
	var found []string
	handed := false
	for _, e := range log {
		if handed && e.From == string(session.FromBot) {
			found = append(found, fmt.Sprintf("event %d %s is the bot's, after the handoff", e.Seq, e.ID))
		}
		if e.Kind != string(session.KindMove) {
			continue
		}
		switch session.Owner(e.Owner) {
		case session.Waiting, session.Human:
			handed = true
		case session.Bot:
			handed = false
		}
	}
	return found
}

func dropped(s story, log []wire.Event) string {
	if s.Unresumed != "" {
		return "the session was not given back: " + s.Unresumed
	}
	owner, met, left := session.Bot, false, false
	for _, e := range log {
		if e.Kind != string(session.KindMove) {
			continue
		}
		to := session.Owner(e.Owner)
		inHand := owner == session.Waiting || owner == session.Human
		byVisitor := e.From == string(session.FromVisitor)
		byAgent := e.From == string(session.FromAgent) && owner == session.Human && to == session.Closed
		if inHand && (to == session.Closed || to == session.Bot) && !byVisitor && !byAgent {
			return fmt.Sprintf("event %d took the session from %s to %s by %s (%s)", e.Seq, owner, to, e.From, e.Reason)
		}
		owner, met = to, met || to == session.Human
		left = byVisitor && (to == session.Closed || to == session.Bot)
	}
	if s.Wanted && (!met || owner == session.Waiting) && !left {
		return "the visitor wanted a person and none came"
	}
	return ""
}
