package escalate

// safety says how clearly a message reports an incident that a person must see at once: something
// was stolen, an account is in other hands, somebody was deceived or hurt. What might happen, what
// to do if it did, and a card to be frozen are only worth a question. How to prevent it is neither.
func safety(t Text) Level {
	var buf [64]token
	m := message{toks: safetyWords.cut(t, buf[:0])}
	m.has = classes(m.toks)
	if m.any(found) {
		return None
	}
	l := m.level()
	rest := m.toks
	for len(rest) > 0 && l < Sure {
		var c message
		c.toks, rest = nextClause(rest)
		// Whose it is and who took it may be said in another clause; whether it happened may not.
		c.has = classes(c.toks) | m.has&(1<<mine|1<<teller|1<<delivery)
		l = max(l, c.level())
	}
	return l
}

// message is a message or a clause cut by safetyWords, with the set of classes that occur in it.
type message struct {
	toks []token
	has  uint64
}

func classes(toks []token) uint64 {
	var has uint64
	for _, k := range toks {
		has |= 1 << k.class
	}
	return has
}

func nextClause(toks []token) (clause, rest []token) {
	for i, k := range toks {
		if k.class == pause {
			return toks[:i], toks[i+1:]
		}
	}
	return toks, nil
}

// any reports whether one of the classes occurs.
func (m message) any(cs ...class) bool {
	for _, c := range cs {
		if m.has&(1<<c) != 0 {
			return true
		}
	}
	return false
}

// level is what the message reports, less clear if it only supposes.
func (m message) level() Level {
	switch l := m.incident(); {
	case l == None, m.any(howto):
		return None
	case m.any(supposed):
		return l - 1
	default:
		return l
	}
}

// incident reads the message as if it said what is, not what might be.
func (m message) incident() Level {
	switch {
	case m.any(crime, harm):
		return Sure
	case m.any(taken) && m.any(carried, holding, loot) && !m.any(teller):
		return Sure
	case m.any(moved) && m.any(carried, loot) && !m.any(teller):
		return Sure
	case m.any(unasked) && m.any(uses, carried, holding):
		return Sure
	case m.any(carried, holding) && (m.any(mine) && m.inOrder(stranger, uses) || m.inOrder(stranger, grabs)):
		return Sure
	case m.lostSomething() && !m.any(delivery, teller):
		return Sure
	}
	return m.worry()
}

// worry is what deserves a question: an unknown payment, a card to be frozen, a report to be made.
func (m message) worry() Level {
	switch {
	case m.any(taken):
		return Maybe
	case m.any(strange) && m.any(payment):
		return Maybe
	case m.any(freezes) && m.any(carried, holding) && m.any(mine) && m.near(freezes, carried, holding):
		return Maybe
	case m.any(reports) && m.any(lost, stranger, unasked):
		return Maybe
	}
	return None
}

// inOrder reports whether b follows a in one clause.
func (m message) inOrder(a, b class) bool {
	seen := false
	for _, k := range m.toks {
		switch k.class {
		case pause:
			seen = false
		case a:
			seen = true
		case b:
			if seen {
				return true
			}
		}
	}
	return false
}

// lostSomething reports whether something one carries is lost: the two stand close together, and it
// is the thing itself, not its number or its case.
func (m message) lostSomething() bool {
	for i, k := range m.toks {
		if k.class == carried && m.class(i+1) != knobs && m.beside(i, lost) {
			return true
		}
	}
	return false
}

// near reports whether one of the classes follows a within four tokens.
func (m message) near(a class, cs ...class) bool {
	for i, k := range m.toks {
		for j := i + 1; k.class == a && j <= i+4; j++ {
			for _, c := range cs {
				if m.class(j) == c && m.class(j+1) != knobs {
					return true
				}
			}
		}
	}
	return false
}

// beside reports whether the class stands within four tokens of i in the same clause.
func (m message) beside(i int, c class) bool {
	for j := i - 1; j >= i-4 && m.class(j) != pause; j-- {
		if m.class(j) == c {
			return true
		}
	}
	for j := i + 1; j <= i+4 && m.class(j) != pause; j++ {
		if m.class(j) == c {
			return true
		}
	}
	return false
}

func (m message) class(i int) class {
	if i < 0 || i >= len(m.toks) {
		return pause
	}
	return m.toks[i].class
}
