package escalate

// Level says how clear a signal is.
type Level int

// The levels. Sure is acted on; Maybe is asked about, with one tap (DESIGN §7: in doubt, ask).
const (
	None Level = iota
	Maybe
	Sure
)

// Scores from which a reading counts as Maybe and Sure.
const (
	maybeFrom = 0.4
	sureFrom  = 0.8
)

// level puts a score into its bin.
func level(score float64) Level {
	switch {
	case score >= sureFrom:
		return Sure
	case score >= maybeFrom:
		return Maybe
	}
	return None
}

// The scores that the readings give.
const (
	plain    = 1.0  // nothing but the request
	direct   = 0.95 // a verb that reaches for a person: 转人工, talk to an agent
	wanted   = 0.9  // 要人工, I need an agent
	doubtful = 0.6  // may mean it
	nothing  = 0.0
)

// AskScore says from 0 to 1 how clearly a message asks for a person. From 0.8 it is sure, from 0.4
// it is worth a question. Two read the message: tables of words, which know what stands before and
// after (ask_*.go), and a small linear model, which has seen more phrasings than any table holds
// (askmodel.go). The words alone hand over; either asks.
func AskScore(t Text) float64 {
	var buf [64]token
	return read(t, buf[:0]).ask()
}

// ask is the words of the message weighed against what the model makes of it.
func (x sentence) ask() float64 {
	return combine(x.told(), askModel(x.s), x.open())
}

// told is the best reading of all places where somebody who answers is named.
func (x sentence) told() float64 {
	best := nothing
	for i := 0; i < len(x.toks); i++ {
		switch x.toks[i].class {
		case plea:
			best = max(best, plain)
		case calling:
			best = max(best, doubtful)
		case speak:
			best = max(best, x.named(i))
		case person, desk, boss, anyone, line:
			g := x.group(i)
			best = max(best, x.noun(g))
			i = g.to - 1
		}
	}
	return best
}

// noun scores one group by what stands before it, or by the clause saying nothing else.
func (x sentence) noun(g group) float64 {
	b := x.before(g)
	switch {
	case b.ours, b.class == ident, b.class == apart:
		return nothing
	case (b.class == negate || b.class == stop) && b.gap == 0 && !b.spaced, x.negated(b.at):
		return nothing
	}
	score := nothing
	switch b.class {
	case reach, summon, speak:
		score = x.reached(g, b)
	case send:
		score = x.sent(g, b)
	case want:
		score = x.wanted(g, b)
	case have, lack:
		score = x.present(g, b)
	case with:
		score = x.together(g)
	}
	return max(score, x.alone(g))
}

// reached scores a verb that reaches for somebody: 转人工, 找经理, talk to someone.
func (x sentence) reached(g group, b backing) float64 {
	bound := x.bound(g)
	switch {
	case b.gap > 0 && (bound || b.class == summon):
		return nothing
	case g.kind == anyone && (b.past || b.gap > wordSize):
		return nothing
	case g.kind == anyone && b.class != speak && (b.gap > 0 || x.errand(g)):
		return nothing // 叫人上门拿货 is about somebody else; talk to someone never is
	case b.past, g.kind == line, bound && x.word(g.to-1) == "真人":
		return doubtful
	}
	return direct
}

// errand reports whether somebody is called for something that is not talk: 叫人来拿货.
func (x sentence) errand(g group) bool {
	i := x.skipGlue(g.to)
	if w := x.word(i); w == "来" || w == "过来" {
		i = x.skipGlue(i + 1)
	}
	return x.class(i) == unknown
}

// sent scores a verb that sends something to somebody: hand this over to a human. In a bank people
// send money to people.
func (x sentence) sent(g group, b backing) float64 {
	switch {
	case b.gap > 0, x.bound(g):
		return nothing
	case b.past, g.kind >= anyone:
		return doubtful
	}
	return direct
}

// wanted scores a wish for somebody: 要人工, I need an agent, 申请人工扣款 (which is none).
func (x sentence) wanted(g group, b backing) float64 {
	switch {
	case b.gap > 0, x.bound(g) && !g.full:
		return nothing
	case g.kind == anyone:
		return x.someoneWanted(g)
	case b.past, g.kind == line:
		return doubtful
	}
	return wanted
}

// someoneWanted scores "I need someone to …": to talk to is a request, to confirm a date is not.
func (x sentence) someoneWanted(g group) float64 {
	i := x.skipGlue(g.to)
	switch x.class(i) {
	case speak, say:
		return direct
	case serve, pause:
		return doubtful
	}
	return nothing
}

// present scores the question whether somebody is there: 有没有真人, is there a human.
func (x sentence) present(g group, b backing) float64 {
	if b.gap > 0 {
		return nothing
	}
	if x.class(x.skipGlue(g.to)) == speak {
		return direct
	}
	end, asked := x.onlyPresence(g.to)
	asked = asked || isWhy(x.word(b.at-1))
	switch {
	case !end, g.kind == line, b.class == lack && !asked && !g.full:
		return nothing
	case g.kind == anyone, b.class == lack && !asked:
		return doubtful
	}
	return direct
}

// together scores 跟人工说, where the verb stands after somebody.
func (x sentence) together(g group) float64 {
	for i := g.to; i <= g.to+3; i++ {
		switch x.class(i) {
		case say, speak:
			if x.class(i+1) == past || x.word(i+1) == "了" {
				return nothing
			}
			return direct
		case glue, serve, reach:
		default:
			return nothing
		}
	}
	return nothing
}

// named scores "may I speak to Maria": whoever that is, it is not the bot.
func (x sentence) named(i int) float64 {
	if to := x.word(i + 1); to != "to" && to != "with" || x.negated(i) {
		return nothing
	}
	j := i + 2
	for x.word(j) == "the" || x.word(j) == "your" || x.word(j) == "a" {
		j++
	}
	if x.class(j) != unknown {
		return nothing
	}
	for k := i - 1; k >= i-4; k-- {
		switch c := x.class(k); {
		case c == want:
			return doubtful
		case c == glue && isModal(x.word(k)):
			return doubtful
		case c != glue:
			return nothing
		}
	}
	return nothing
}

func isModal(word string) bool {
	return word == "can" || word == "could" || word == "may" || word == "let" || word == "must" || word == "have to"
}
