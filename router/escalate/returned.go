package escalate

import "time"

const (
	// visitGap is the silence after which somebody who writes again has come back.
	visitGap = 30 * time.Minute
	// visitsWithin is how far back visits count.
	visitsWithin = 24 * time.Hour
	// manyVisits is how many visits tell that the first ones did not help.
	manyVisits = 3
)

// visits remembers when the visitor came, as far as this log knows.
type visits struct {
	last time.Time // of the visitor's messages, or of the answers to them
	at   [manyVisits]time.Time
	seq  [manyVisits]uint64
	n    int
}

// seen notes that the conversation went on.
func (v *visits) seen(at time.Time) {
	if at.After(v.last) { // an answer that is being judged before it is stored has no time yet
		v.last = at
	}
}

// said notes a message of the visitor, which may begin a visit.
func (v *visits) said(seq uint64, at time.Time) {
	if v.n > 0 && at.Sub(v.last) < visitGap {
		v.seen(at)
		return
	}
	if v.n == manyVisits {
		copy(v.at[:], v.at[1:])
		copy(v.seq[:], v.seq[1:])
		v.n--
	}
	v.at[v.n], v.seq[v.n], v.last = at, seq, at
	v.n++
}

// returned is 1 if the visitor is here for the third time in 24 hours, in this log or others, and
// something in the conversation says that it does not go well.
func (v *visits) returned(elsewhere int, in *Input) Feature {
	var f Feature
	count := max(elsewhere, 0)
	for i := range v.n {
		if v.last.Sub(v.at[i]) <= visitsWithin {
			count++
			f.point(v.seq[i])
		}
	}
	if count < manyVisits || !in.discontent() {
		return Feature{}
	}
	f.Value = 1
	return f
}

// discontent reports whether any signal tells that the visitor is not being helped.
func (in *Input) discontent() bool {
	for _, s := range [...]Signal{Frustrated, Complained, Refused, Failed, Repeated, BotRepeated, Hesitated} {
		if in.Features[s].Value > 0 {
			return true
		}
	}
	return false
}
