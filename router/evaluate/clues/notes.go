package clues

// Notes is what conversations taught that helps to tell of others.
type Notes struct {
	corpus     *Corpus
	meaning    *Meaning
	neighbours *Neighbours
	alike      *alike // nil without labels
}

// Where the columns of a row of Notes begin that are not of Behaviour; UsualAt + UsualAnswer is how
// far the bot answers as it does elsewhere.
const (
	MeaningAt  = behaviours
	UsualAt    = MeaningAt + meanings
	LabelledAt = UsualAt + usuals
)

// Options say what is learned.
type Options struct {
	// Labels adds what was labelled where others said alike.
	Labels bool
	Seed   uint64
}

// newNotes learns from conversations.
func newNotes(talks []Talk, o Options) *Notes {
	c := NewCorpus(talks)
	n := &Notes{corpus: c, meaning: NewMeaning(talks, c, o.Seed), neighbours: NewNeighbours(talks, c)}
	if o.Labels {
		n.alike = newAlike(n.neighbours, n.meaning)
	}
	return n
}

// Learn learns from conversations and tells of each of them, for a model to learn from, as if it had
// not been among them: words are counted without it, neighbours are of others, and meanings are
// learned from other folds. Only the weights of the words by which neighbours and meanings are found
// count it in; Cross does without that too, for conversations that are measured on.
func Learn(talks []Talk, fold []int, o Options) (*Notes, [][][]float64) {
	n := newNotes(talks, o)
	byFold := map[int]*Notes{}
	rows := make([][][]float64, len(talks))
	for i, talk := range talks {
		of, ok := byFold[fold[i]]
		if !ok {
			of = n.by(others(talks, fold, fold[i]), o)
			byFold[fold[i]] = of
		}
		rows[i] = of.rows(talk, n.corpus.Without(talk), i)
	}
	return n, rows
}

// by is the notes with meanings learned from other conversations.
func (n *Notes) by(talks []Talk, o Options) *Notes {
	with := *n
	with.meaning = NewMeaning(talks, n.corpus, o.Seed)
	if n.alike != nil {
		with.alike = newAlike(n.neighbours, with.meaning)
	}
	return &with
}

// Cross tells of each conversation what those of other folds teach.
func Cross(talks []Talk, fold []int, o Options) [][][]float64 {
	byFold := map[int]*Notes{}
	rows := make([][][]float64, len(talks))
	for i, talk := range talks {
		n, ok := byFold[fold[i]]
		if !ok {
			n = newNotes(others(talks, fold, fold[i]), o)
			byFold[fold[i]] = n
		}
		rows[i] = n.Of(talk)
	}
	return rows
}

func others(talks []Talk, fold []int, k int) []Talk {
	var out []Talk
	for i, t := range talks {
		if fold[i] != k {
			out = append(out, t)
		}
	}
	return out
}

// Of tells of a conversation that was not learned from: a row a turn.
func (n *Notes) Of(talk Talk) [][]float64 { return n.rows(talk, n.corpus, Nobody) }

func (n *Notes) rows(talk Talk, c *Corpus, leave int) [][]float64 {
	rows, meant := Behaviour(talk, c), n.meaning.Of(talk)
	usual, labelled := n.neighbours.Of(talk, leave)
	for t := range rows {
		rows[t] = append(append(rows[t], meant[t]...), usual[t]...)
	}
	if n.alike == nil {
		return rows
	}
	for t, more := range n.alike.labelled(talk, leave) {
		rows[t] = append(append(rows[t], labelled[t]...), more...)
	}
	return rows
}
