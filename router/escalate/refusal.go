package escalate

// refusal says how clearly a message refuses to be answered by a bot. A shop may sell robots, so a
// bot must be talked to, or stand alone at the end of what is refused.
func (x sentence) refusal() Level {
	best := None
	for i := range x.toks {
		if c := x.toks[i].class; c == bot || c == machine {
			best = max(best, x.refusedAt(i), x.dismissedAt(i))
		}
	}
	return best
}

// refusedAt reads what stands before a bot: 不想跟机器人说话, stop this bot, I am not a bot.
func (x sentence) refusedAt(i int) Level {
	spoken, scolded := false, false
	for j, gap := i-1, 0; j >= max(0, i-sight) && gap <= 6; j-- {
		switch x.toks[j].class {
		case glue, genuine, have:
		case want, reach, summon, send, say, serve:
			spoken = spoken || x.toks[j].class == say
		case speak, with:
			spoken = true
		case unknown:
			gap += int(x.toks[j].size)
		case scold:
			scolded = true
		case lack:
			if x.word(j) == "no" {
				return x.refused(i, spoken)
			}
			return None
		case negate, stop:
			if x.class(j-1) == ident {
				return None
			}
			return x.refused(i, spoken)
		default:
			return maybeIf(scolded)
		}
	}
	return maybeIf(scolded)
}

// refused decides on a bot that something before it denies.
func (x sentence) refused(i int, spoken bool) Level {
	after := x.class(i + 1)
	spoken = spoken || after == say
	switch {
	case spoken:
		return Sure
	case x.toks[i].class == machine, after == unknown, after == thing:
		return None
	}
	return Sure
}

// dismissedAt reads what stands after a bot: 机器人走开, the bot is useless.
func (x sentence) dismissedAt(i int) Level {
	if x.toks[i].class != bot {
		return None
	}
	for j := i + 1; j <= i+3; j++ {
		switch x.class(j) {
		case glue, ident, negate:
		case stop:
			return Sure
		case scold:
			return Maybe
		default:
			return None
		}
	}
	return None
}

func maybeIf(ok bool) Level {
	if ok {
		return Maybe
	}
	return None
}
