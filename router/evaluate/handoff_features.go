package evaluate

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"yijian/router/evaluate/learn"
)

// corpus is what unlabelled conversations tell of words: how many hold a word or a whole message.
type corpus struct {
	dialogues int
	words     map[int]int
	messages  map[string]int
	// more is 1 for conversations that were not counted: to be alike to those that were, they
	// count as if they had been.
	more int
}

// unseen is the corpus for a conversation that it has not counted.
func (c *corpus) unseen() *corpus {
	with := *c
	with.more = 1
	return &with
}

func newCorpus(dialogues []Dialogue) *corpus {
	c := &corpus{dialogues: len(dialogues), words: map[int]int{}, messages: map[string]int{}}
	for _, d := range dialogues {
		words, messages := map[int]bool{}, map[string]bool{}
		for _, t := range d.Turns {
			messages[fmt.Sprint(t.Role, t.Words)] = true
			for _, w := range t.Words {
				words[w] = true
			}
		}
		for w := range words {
			c.words[w]++
		}
		for m := range messages {
			c.messages[m]++
		}
	}
	return c
}

func (c *corpus) idf(word int) float64 {
	return math.Log(float64(c.dialogues+c.more+1) / float64(c.words[word]+c.more+1))
}

// behaviour is what a turn does, told from it and the turns before it.
func behaviour(d Dialogue, c *corpus) [][]float64 {
	w := walk{c: c, since: map[string]float64{}, last: map[string][]float64{}, repeats: map[string]float64{}, count: map[string]float64{}}
	var out [][]float64
	for i := range d.Turns {
		out = append(out, w.step(d.Turns, i))
	}
	return out
}

// walk carries what a conversation has shown so far.
type walk struct {
	c              *corpus
	run            float64
	repeats, count map[string]float64
	since          map[string]float64
	last           map[string][]float64
}

// alike is from which overlap a message repeats an earlier one, bot answers being made of templates.
func alike(role string) float64 {
	if role == "bot" {
		return .7
	}
	return .5
}

func (w *walk) step(turns []Turn, i int) []float64 {
	t := turns[i]
	if i > 0 && turns[i-1].Role == t.Role {
		w.run++
	} else {
		w.run = 1
	}
	w.count[t.Role]++
	best, newest, across, overlap := likenesses(turns, i)
	w.since["visitor"]++
	w.since["bot"]++
	if best >= alike(t.Role) {
		w.repeats[t.Role]++
		w.since[t.Role] = 0
	}
	own := append([]float64{best, newest, across, overlap, float64(len(t.Words)), math.Log1p(float64(w.c.messages[fmt.Sprint(t.Role, t.Words)] + w.c.more))}, w.rarity(t.Words)...)
	row := []float64{
		0, float64(i), w.run, w.count["visitor"], w.count["bot"],
		w.repeats["visitor"], w.repeats["bot"], w.since["visitor"], w.since["bot"],
	}
	if t.Role == "bot" {
		row[0] = 1
	}
	row = append(row, own...)
	for _, role := range []string{"visitor", "bot"} {
		before := w.last[role]
		if before == nil {
			before = make([]float64, len(own))
		}
		row = append(row, before...)
	}
	w.last[t.Role] = own
	return row
}

// likenesses compares a turn with those before: the most alike of the same side, the newest of the
// same side, and the newest of the other side, also as the share of its own words.
func likenesses(turns []Turn, i int) (best, newest, across, overlap float64) {
	seenOwn, seenOther := false, false
	for j := i - 1; j >= 0; j-- {
		sim, share := jaccard(turns[i].Words, turns[j].Words)
		switch {
		case turns[j].Role == turns[i].Role:
			if !seenOwn {
				newest, seenOwn = sim, true
			}
			best = max(best, sim)
		case !seenOther:
			across, overlap, seenOther = sim, share, true
		}
	}
	return best, newest, across, overlap
}

func jaccard(a, b []int) (sim, share float64) {
	x, y := set(a), set(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if len(x) == 0 || len(y) == 0 {
		return 0, 0
	}
	return float64(both) / float64(len(x)+len(y)-both), float64(both) / float64(len(x))
}

func set(words []int) map[int]bool {
	out := map[int]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// rarity is the mean, the greatest, the least and the summed rarity of words.
func (w *walk) rarity(words []int) []float64 {
	if len(words) == 0 {
		return make([]float64, 4)
	}
	sum, most, least := 0.0, 0.0, math.Inf(1)
	for _, word := range words {
		v := w.c.idf(word)
		sum, most, least = sum+v, max(most, v), min(least, v)
	}
	return []float64{sum / float64(len(words)), most, least, sum}
}

// grids cut each number into bins of equal counts, for a model that is a sum of bins.
type grids [][]float64

func newGrids(rows [][]float64) grids {
	const bins = 8
	g := make(grids, len(rows[0]))
	for j := range g {
		column := make([]float64, len(rows))
		for i, r := range rows {
			column[i] = r[j]
		}
		slices.Sort(column)
		for k := 1; k < bins; k++ {
			g[j] = append(g[j], column[k*len(column)/bins])
		}
		g[j] = slices.Compact(g[j])
	}
	return g
}

// tokens are the words of a turn and of the two before it, hashed with who said them and when, and
// the bins of what it does.
func tokens(d Dialogue, i int, row []float64, g grids) []learn.Cell {
	seen := map[uint32]bool{}
	var out []learn.Cell
	add := func(value float64, parts ...any) {
		h := fnv.New32a()
		fmt.Fprint(h, parts...)
		if at := h.Sum32(); !seen[at] {
			seen[at] = true
			out = append(out, learn.Cell{At: at, Value: value})
		}
	}
	role := d.Turns[i].Role
	for back := 0; back < 3 && back <= i; back++ {
		t, value := d.Turns[i-back], []float64{1, .7, .5}[back]
		for k, w := range t.Words {
			add(value, "w", back, " ", role, " ", t.Role, " ", w)
			if k > 0 && back < 2 {
				add(value, "b", back, " ", role, " ", t.Role, " ", t.Words[k-1], " ", w)
			}
		}
		add(value, "m", back, " ", role, " ", t.Role, " ", fmt.Sprint(t.Words))
	}
	n := math.Sqrt(float64(max(len(out), 1)))
	for k := range out {
		out[k].Value *= 3 / n
	}
	for j, v := range row {
		bin, _ := slices.BinarySearch(g[j], v)
		add(1, "f ", role, " ", j, " ", bin)
	}
	return out
}
