package escalate

// What the model may add to the words, and take from them.
const (
	modelHears = 0.6  // from here on it is worth a question, where somebody is named
	modelSure  = 0.9  // and makes of a doubtful request a plain one
	modelDeaf  = 0.01 // below it a likely request becomes a doubtful one
)

// combine weighs what the words say against the model's chance. The words alone know what is denied or
// told of others, so the model is asked only where somebody is named and nothing speaks against it
// (open); and it never hands over by itself.
func combine(words, model float64, open bool) float64 {
	switch {
	case words >= sureFrom:
		if model < modelDeaf && words < plain {
			return doubtful
		}
		return words
	case words >= maybeFrom:
		if open && model >= modelSure {
			return sureFrom
		}
		return words
	case !open:
		return nothing
	case model >= modelHears:
		return maybeFrom + (doubtful-maybeFrom)*(model-modelHears)/(1-modelHears)
	}
	return maybeFrom * model / modelHears
}

// PersonScore is the greater of how clearly a message asks for a person and how clearly it refuses the
// bot: both lead to a person.
func PersonScore(t Text) float64 {
	var buf [64]token
	x := read(t, buf[:0])
	return max(x.ask(), [...]float64{None: nothing, Maybe: doubtful, Sure: direct}[x.refusal()])
}

// open reports whether the message names somebody who answers and nothing around it says that it does
// not ask for them: it is not denied, not about what was, nobody else's, and does not only describe.
func (x sentence) open() bool {
	for i := 0; i < len(x.toks); i++ {
		switch x.toks[i].class {
		case person, desk, boss, anyone:
			g := x.group(i)
			if !x.shut(g) {
				return true
			}
			i = g.to - 1
		case serve:
			if w := x.word(i); (w == "call me" || w == "call me back") && !x.negated(i-1) {
				return true
			}
		case speak:
			if x.asksWho(i) {
				return true
			}
		case reach:
			if x.class(i-1) != negate && x.word(i+1) == "me" && x.class(i+2) == pause {
				return true // transfer me
			}
		}
	}
	return false
}

func (x sentence) shut(g group) bool {
	b := x.before(g)
	switch {
	case b.ours, b.past, b.class == ident, b.class == apart && b.gap == 0, g.kind == line:
		return true
	case b.class == negate, b.class == stop, x.negated(b.at):
		return true
	case x.class(g.to) == thing, x.class(g.to) == past, x.said(g.to):
		return true
	}
	lo, hi := x.stretch(g, pause)
	return hi-lo == g.to-g.from // a name and nothing else is read by alone
}

// asksWho reports whether the verb at i is what somebody is looked for to do: who can I talk to.
func (x sentence) asksWho(i int) bool {
	for k := i - 1; k >= i-4; k-- {
		switch x.word(k) {
		case "who", "whom", "whoever":
			return true
		}
	}
	return false
}

// said reports whether what follows tells what somebody said or did.
func (x sentence) said(i int) bool {
	switch x.word(i) {
	case "说", "讲", "告诉", "told", "said":
		return x.class(i+1) != pause
	}
	return false
}
