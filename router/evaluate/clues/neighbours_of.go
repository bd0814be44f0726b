package clues

// Usual are the columns that Neighbours tell without any label.
const (
	Familiar      = iota // how alike the most alike turn elsewhere is
	FamiliarSum          // of all that are alike
	FamiliarDeep         // the same with the turns before
	FamiliarDeeps        //
	UsualAnswer          // how far the bot answers as it does elsewhere to such a question; 0 for the visitor
	FamiliarAsk          // how alike the most alike question elsewhere is
	usuals
)

// Labelled are the columns that Neighbours tell from labels: the share of alike turns of other
// conversations that were labelled.
const (
	LabelledMany = iota // of 25
	LabelledFew         // of 5
	LabelledDeepMany
	LabelledDeepFew
	LabelledMeantMany // among those that mean alike
	LabelledMeantFew
	Labelleds
)

// Nobody is left out if the conversation was not learned from.
const Nobody = -1

// Of tells of each turn what other conversations tell of it. Leave is the place of the conversation
// among those that were learned from, or Nobody.
func (n *Neighbours) Of(talk Talk, leave int) (usual, labelled [][]float64) {
	for i, t := range talk {
		u, l := make([]float64, usuals), make([]float64, LabelledMeantMany)
		alone := n.nearest(n.alone, n.terms(talk, i, 1), t.side(), leave, many)
		deep := n.nearest(n.deep, n.terms(talk, i, context), t.side(), leave, many)
		u[Familiar], u[FamiliarSum] = familiar(alone)
		u[FamiliarDeep], u[FamiliarDeeps] = familiar(deep)
		l[LabelledMany], l[LabelledFew] = n.labelled(alone, t.side(), .5), n.labelled(few(alone), t.side(), .3)
		l[LabelledDeepMany], l[LabelledDeepFew] = n.labelled(deep, t.side(), .5), n.labelled(few(deep), t.side(), .3)
		if t.Bot {
			u[UsualAnswer], u[FamiliarAsk] = n.asUsual(talk, i, leave)
		}
		usual, labelled = append(usual, u), append(labelled, l)
	}
	return usual, labelled
}

const many = 25

func few(all []weight) []weight { return all[:min(5, len(all))] }

// familiar is the greatest likeness, and all of it, near ones counting most.
func familiar(near []weight) (best, sum float64) {
	for _, w := range near {
		best = max(best, w.value)
		sum += w.value * w.value
	}
	return best, sum
}

// labelled is the share of labels, as if some turns of average label were near as well.
func (n *Neighbours) labelled(near []weight, side int, average float64) float64 {
	sum, all := average*n.share[side], average
	for _, w := range near {
		g := w.value * w.value
		if all += g; n.turns[w.at].Label {
			sum += g
		}
	}
	return sum / all
}

// asUsual compares an answer with those that alike questions had elsewhere.
func (n *Neighbours) asUsual(talk Talk, i, leave int) (usual, familiar float64) {
	asked := i - 1
	for asked >= 0 && talk[asked].Bot {
		asked--
	}
	if asked < 0 {
		return 0, 0
	}
	const questions, doubt = 10, .2
	near := n.nearest(n.alone, n.terms(talk, asked, 1), 0, leave, questions)
	answer, all := newMessage(talk[i], n.c), doubt
	for _, w := range near {
		if reply := n.turns[w.at].reply; reply != nil {
			g := w.value * w.value
			all += g
			usual += g * answer.like(reply).overlap
		}
		familiar = max(familiar, w.value)
	}
	return usual / all, familiar
}
