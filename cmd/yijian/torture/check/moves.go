package check

import (
	"fmt"
	"slices"
	"strings"

	"yijian/session"
)

// movesAreLegal is invariant 2: who answers changes only as moves.go allows, and nobody writes who
// may not.
func movesAreLegal(t *talk, found report) {
	for i, e := range t.log.Events {
		s := t.before[i]
		switch {
		case e.Epoch > 0 && t.Failovers()+t.Forgets() == 0:
			found(fmt.Sprintf("event %d repairs a log that no failover can have rolled back.", e.Seq), e)
		case e.Epoch > 0 && e.Epoch <= s.Epoch:
			found(fmt.Sprintf("event %d repairs the log to epoch %d, and it is at %d.", e.Seq, e.Epoch, s.Epoch), e)
		case e.Epoch > 0:
			// Any owner may follow any other: it was reached by legal moves that were lost.
		case e.Kind == session.KindMove && !session.CanMove(s.Owner, e.To, e.From):
			found(fmt.Sprintf("event %d moves the session from %s to %s by %s, which is not legal.", e.Seq, s.Owner, e.To, e.From), e)
		case e.Kind == session.KindMove && e.To == session.Human && e.Agent == "":
			found(fmt.Sprintf("event %d gives the session to a person without saying to whom.", e.Seq), e)
		case e.Kind == session.KindMove && e.From == session.FromAgent && s.Owner == session.Human && s.Agent != e.By:
			found(fmt.Sprintf("event %d is a move by %s, while %s answers.", e.Seq, e.By, s.Agent), e)
		case e.Kind != session.KindMessage:
		case e.From == session.FromAgent && (s.Owner != session.Human || s.Agent != e.By):
			found(fmt.Sprintf("event %d is a message of %s, while the owner is %s %s.", e.Seq, e.By, s.Owner, s.Agent), e)
		case e.From == session.FromVisitor && s.Owner == session.Closed:
			found(fmt.Sprintf("event %d is a visitor's message in a closed session.", e.Seq), e)
		}
	}
}

// stateIsTheFold holds the live state to the log: one owner, and the same one.
func stateIsTheFold(t *talk, found report) {
	got, want := t.log.State, t.end()
	for _, f := range []struct {
		name      string
		got, want any
	}{
		{"owner", got.Owner, want.Owner},
		{"agent", got.Agent, want.Agent},
		{"ask", got.Ask, want.Ask},
		{"epoch", got.Epoch, want.Epoch},
		{"arrival", got.Arrived, want.Arrived},
	} {
		if f.got != f.want {
			found(fmt.Sprintf("the state has the %s %v, the log folds into %v.", f.name, f.got, f.want))
		}
	}
}

// writersAreFenced is what epochs are for: a decision about an ask may move the session only as long as
// nothing else has moved it since. The router's moves and decisions name the ask in their ids. That more
// was said meanwhile undoes no wish for a person.
func writersAreFenced(t *talk, found report) {
	for i, e := range t.log.Events {
		ask, ok := strings.CutPrefix(e.ID, "m:")
		if !ok || e.From != session.FromSystem || e.Kind != session.KindMove || !strings.HasPrefix(ask, "v:") {
			continue
		}
		if !t.askedSinceMove(i, ask) {
			found(fmt.Sprintf("event %d moves the session for the ask %s, which was not open any more.", e.Seq, ask), e)
		}
	}
}

// askedSinceMove reports whether an ask came before the i-th event, with no move between the two.
func (t *talk) askedSinceMove(i int, ask string) bool {
	for _, e := range slices.Backward(t.log.Events[:i]) {
		if e.Kind == session.KindMove {
			return false
		}
		if e.ID == ask {
			return true
		}
	}
	return false
}

// openAsks says before each event which ask a bot may answer: the visitor's last message to it since
// it became the owner. Unlike State.Ask it stays open while one answer has more than one event.
func (t *talk) openAsks() []string {
	asks := make([]string, len(t.log.Events))
	open := ""
	for i, e := range t.log.Events {
		asks[i] = open
		switch {
		case e.Kind == session.KindMove:
			open = ""
		case e.Kind == session.KindMessage && e.From == session.FromVisitor && t.before[i].Owner == session.Bot:
			open = e.ID
		}
	}
	return asks
}
