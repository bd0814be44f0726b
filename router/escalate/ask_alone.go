package escalate

import "unicode/utf8"

// clause is what one stretch of a message says, seen from a group in it.
type clause struct {
	closed bool // every word belongs to a request
	slack  int  // unknown characters, which only a slip of the finger after the group may be
	verb   bool // there is a verb of asking
	serves bool // there is a word for what the person is to do
	greets bool // it is also a greeting or thanks
	latin  bool // it is written in letters
	whole  bool // it is the whole message
}

// alone scores a clause that holds nothing but the request: 人工呢, 经理联系我, human please. A space
// between Chinese words may be a comma.
func (x sentence) alone(g group) float64 {
	lo, hi := x.stretch(g, pause)
	if lo > 0 && isOr(x.word(lo)) {
		return nothing // the rest of a question: are you a bot, or a person
	}
	score := aloneScore(g, x.survey(g, lo, hi), x.definite(g))
	if l, h := x.stretch(g, space); l != lo || h != hi {
		if c := x.survey(g, l, h); g.kind == person {
			score = max(score, aloneScore(g, c, x.definite(g)))
		}
	}
	return score
}

func aloneScore(g group, c clause, definite bool) float64 {
	if !c.closed || c.slack > 0 && !(g.full && c.slack == 1) {
		return nothing
	}
	switch {
	case g.kind == anyone:
		return doubtIf(c.verb || c.whole)
	case g.kind == line:
		return doubtIf(c.verb)
	case c.verb:
		return plain
	case definite:
		return nothing
	case c.greets:
		return doubtful
	case g.kind == person:
		return plain
	case g.kind == desk && c.serves:
		return doubtful
	case c.serves, c.whole && (g.kind == desk || c.latin):
		return plain // only of 老板 alone one cannot know: it is also how shops are greeted
	}
	return doubtIf(c.whole)
}

func doubtIf(ok bool) float64 {
	if ok {
		return doubtful
	}
	return nothing
}

// stretch is the run of tokens around a group up to the next pause or, if asked, space.
func (x sentence) stretch(g group, at class) (lo, hi int) {
	ends := func(i int) bool { return x.class(i) == pause || x.class(i) == at }
	for lo = g.from; lo > g.from-sight && !ends(lo-1); lo-- {
	}
	for hi = g.to; hi < g.to+sight && !ends(hi); hi++ {
	}
	return lo, hi
}

// definite reports whether the group is one already spoken of: the agent, your manager.
func (x sentence) definite(g group) bool {
	switch x.word(g.from - 1) {
	case "the", "this", "that", "your":
		return true
	}
	return false
}

// isEdge reports whether a stretch may end at i, rather than having been cut off there by sight.
func (x sentence) isEdge(i int) bool { return x.class(i) == pause || x.class(i) == space }

func (x sentence) survey(g group, lo, hi int) clause {
	c := clause{closed: x.isEdge(lo-1) && x.isEdge(hi), whole: lo == 0 && hi == len(x.toks), latin: x.word(g.from)[0] < utf8.RuneSelf}
	for i := lo; i < hi && c.closed; i++ {
		switch x.toks[i].class {
		case unknown:
			c.slack += int(x.toks[i].size)
			c.closed = i >= g.from
		case reach, summon, send, speak, say, want, have:
			c.verb = true
		case serve:
			c.serves = true
		case glue:
			c.greets = c.greets || isGreeting(x.word(i), g.kind)
		case lack:
			c.closed = i >= g.to
		case person, desk, boss, anyone, line, genuine, with, space, calling, plea:
		default:
			c.closed = false
		}
	}
	return c
}

func isOr(word string) bool { return word == "or" || word == "还是" }

// isGreeting reports whether a word greets the group: 客服你好 does, but 你好人工 asks.
func isGreeting(word string, kind class) bool {
	switch word {
	case "你好", "您好":
		return kind == desk
	case "hi", "hello", "hey", "hiya", "dear", "thanks", "thank", "thank you":
		return true
	}
	return false
}
