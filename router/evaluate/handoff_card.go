package evaluate

import (
	"math"

	"yijian/router/evaluate/clues"
	"yijian/router/evaluate/learn"
)

// cardSignals are what a scorecard gives points for, each apart for visitor and bot.
var cardSignals = []struct {
	column int
	name   string
	words  bool // whether it takes words
}{
	{clues.Place, "turns so far", false},
	{clues.VisitorRepeats, "times the visitor said the same again", false},
	{clues.BotRepeats, "times the bot said the same again", false},
	{clues.SinceOther, "turns since the other side spoke", false},
	{clues.Overlap, "words shared with an earlier message of the same side", false},
	{clues.Cosine, "rare words shared with one", false},
	{clues.MeaningAt + clues.MeantBefore, "meaning shared with one", false},
	{clues.Exact, "times exactly this was said before", false},
	{clues.Run, "messages of this side in a row", false},
	{clues.Length, "words in the message", false},
	{clues.MeanRarity, "how rare its words are", false},
	{clues.MostRarity, "how rare its rarest word is", false},
	{clues.MeaningAt + clues.MeantBot, "meaning shared with what the bot said lately", false},
	{clues.UsualAt + clues.UsualAnswer, "how far the answer is the usual one", false},
	{clues.UsualAt + clues.Familiar, "how familiar the message is", false},
	{clues.LabelledAt + labelleds + saysNow, "how clearly its words ask for a person", true},
	{clues.LabelledAt + labelleds + saidMost, "how clearly words did so before", true},
	{clues.LabelledAt + labelleds + saidNone, "chance that a person was not needed before", true},
}

// labelleds is how many columns neighbours' labels take before those of words.
const labelleds = clues.Labelleds

// card is a sum of points: a table that can be read and set by hand.
type card struct {
	columns []int
	grid    grid
	sum     *learn.Logistic
}

// cardBins is how many values a signal is told apart by.
const cardBins = 8

func fitCard(rows [][]float64, labels []bool, o HandoffOptions) *card {
	c := &card{columns: []int{clues.Bot}}
	for _, s := range cardSignals {
		if !s.words || !o.BehaviourOnly {
			c.columns = append(c.columns, s.column)
		}
	}
	picked := make([][]float64, len(rows))
	for i, row := range rows {
		picked[i] = c.pick(row)
	}
	c.grid = newGrid(picked, cardBins)
	cells := make([][]learn.Cell, len(rows))
	for i, row := range picked {
		cells[i] = c.grid.cells(nil, row, cardStep)
	}
	c.sum = learn.FitLogistic(cells, labels, learn.LogisticOptions{L2: .3, Epochs: 60, Seed: o.Seed})
	return c
}

// cardStep is the value of one step from a bin to the next.
const cardStep = .5

func (c *card) pick(row []float64) []float64 {
	out := make([]float64, len(c.columns))
	for k, j := range c.columns {
		out[k] = row[j]
	}
	return out
}

func (c *card) score(row []float64) float64 {
	return c.sum.Score(c.grid.cells(nil, c.pick(row), cardStep))
}

// CardRow is the points of one signal on one side: Points[0] up to the first cut, Points[1] above it
// and up to the second, and so on.
type CardRow struct {
	Side   string    `json:"side"`
	Signal string    `json:"signal"`
	Above  []float64 `json:"above"`
	Points []int     `json:"points"`
}

// rows is the card as a table, in hundredths of the way from its bias to its threshold.
func (c *card) rows(threshold float64) []CardRow {
	unit := 100 / max(threshold-c.sum.Bias(), .5)
	var out []CardRow
	for side, name := range []string{"visitor", "bot"} {
		for j, signal := range cardSignals[:len(c.columns)-1] {
			row := CardRow{Side: name, Signal: signal.name, Points: []int{0}}
			sum := 0.0
			for k, above := range c.grid[j+1] {
				sum += c.sum.Weight(cut(uint64(side), j+1, k)) * cardStep * unit
				row.Above, row.Points = append(row.Above, above), append(row.Points, int(math.Round(sum)))
			}
			out = append(out, row)
		}
	}
	return out
}
