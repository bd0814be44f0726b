package intent

// Predictor names the intent of a sentence. A Model is one.
type Predictor interface {
	Predict(text string) Prediction
}

var _ Predictor = (*Model)(nil)

// Outcome is one example put to a Predictor.
type Outcome struct {
	Example    Example
	Prediction Prediction
}

// Right reports whether the intent was recognised.
func (o Outcome) Right() bool { return o.Prediction.Intent == o.Example.Intent }

// Accuracy is the share of outcomes that are right, 0 for none.
func Accuracy(outcomes []Outcome) float64 {
	right := 0
	for _, o := range outcomes {
		if o.Right() {
			right++
		}
	}
	return float64(right) / float64(max(len(outcomes), 1))
}

// Evaluate puts every example to p.
func Evaluate(p Predictor, examples []Example) []Outcome {
	out := make([]Outcome, len(examples))
	for i, e := range examples {
		out[i] = Outcome{Example: e, Prediction: p.Predict(e.Text)}
	}
	return out
}

// LeaveOneOut predicts every example with a model that has not seen it. In round r the r-th example
// of every intent is left out, so there are as many rounds as the largest intent has examples; that
// is a little harder on the model than leaving out a single one. Intents with one example cannot be
// tested and are skipped.
func LeaveOneOut(examples []Example, o Options) ([]Outcome, error) {
	rounds := map[int][]int{}
	seen, total := map[string]int{}, map[string]int{}
	for i, e := range examples {
		if e.Hint {
			continue
		}
		rounds[seen[e.Intent]] = append(rounds[seen[e.Intent]], i)
		seen[e.Intent]++
		total[e.Intent]++
	}
	var out []Outcome
	for r := range len(rounds) {
		left := map[int]bool{}
		var test, train []Example
		for _, i := range rounds[r] {
			if total[examples[i].Intent] > 1 {
				left[i] = true
				test = append(test, examples[i])
			}
		}
		for i, e := range examples {
			if !left[i] {
				train = append(train, e)
			}
		}
		m, err := Train(train, o)
		if err != nil {
			return nil, err
		}
		out = append(out, Evaluate(m, test)...)
	}
	return out, nil
}
