package clues

// past is how a message stands to those before it.
type past struct {
	best, newest likeness // of the same side; best in each of its numbers alone
	lag          float64  // how many messages of the same side ago the most alike one was
	alike, near  float64  // how many earlier ones overlap by .7, by .4
	exact        float64  // how many are the same
	across       likeness // the newest of the other side
}

// never is the lag of what was never said before.
const never = 30

func lookBack(messages []message, i int) past {
	p, m := past{lag: never}, &messages[i]
	own, other := 0.0, false
	for j := i - 1; j >= 0; j-- {
		l := m.like(&messages[j])
		if messages[j].Bot != m.Bot {
			if !other {
				p.across, other = l, true
			}
			continue
		}
		own++
		if own == 1 {
			p.newest = l
		}
		p.add(l, own)
		if messages[j].id == m.id {
			p.exact++
		}
	}
	return p
}

func (p *past) add(l likeness, lag float64) {
	if l.overlap > p.best.overlap {
		p.best.overlap, p.lag = l.overlap, lag
	}
	p.best.cosine = max(p.best.cosine, l.cosine)
	p.best.share = max(p.best.share, l.share)
	if l.overlap >= .7 {
		p.alike++
	}
	if l.overlap >= .4 {
		p.near++
	}
}
