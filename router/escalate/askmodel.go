package escalate

import (
	_ "embed"
	"encoding/binary"
	"math"
)

//go:generate go run ../evaluate/asktrain -out ask.weights -ordinary ../../../shared/data/banking77.train.csv

// askWeights is a linear model over hashed runs of words and characters: scale and bias as float32,
// then one signed byte a run. It is trained on phrasings that this project owns, and on what its own
// knowledge files and lists say that is no request.
//
//go:embed ask.weights
var askWeights string

// AskBuckets is how many hashed runs the model tells apart.
const AskBuckets = 1 << 13

// AskHeader is the length in bytes of what stands before the weights.
const AskHeader = 8

var askScale, askBias = header(askWeights)

// header reads scale and bias. A file of another length is a mistake of whoever built this.
func header(file string) (scale, bias float32) {
	if len(file) != AskHeader+AskBuckets {
		panic("escalate: ask.weights is damaged; run go generate ./router/escalate")
	}
	b := []byte(file[:AskHeader])
	return math.Float32frombits(binary.LittleEndian.Uint32(b)), math.Float32frombits(binary.LittleEndian.Uint32(b[4:]))
}

// AskChance is what the model alone makes of a text, the words unread.
func AskChance(t Text) float64 { return askModel(t.s) }

// askModel is the chance from 0 to 1 that some clause of a text asks for a person, as far as the model
// knows. Each run is read once.
func askModel(s string) float64 {
	best := float32(-100)
	for s != "" {
		var clause string
		clause, s = cutClause(s)
		sum, n := float32(0), 0
		AskRuns(clause, func(bucket uint32) {
			sum += float32(int8(askWeights[AskHeader+bucket]))
			n++
		})
		if n > 0 {
			best = max(best, askBias+askScale*sum/float32(math.Sqrt(float64(n))))
		}
	}
	return 1 / (1 + math.Exp(-float64(best)))
}

// Clauses are the stretches of a text between marks.
func (t Text) Clauses() []string {
	var all []string
	for rest := t.s; rest != ""; {
		var c string
		if c, rest = cutClause(rest); c != "" {
			all = append(all, c)
		}
	}
	return all
}

func cutClause(s string) (clause, rest string) {
	for i := range len(s) {
		if s[i] == ',' || s[i] == '?' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// The border of a clause in its runs, and what keeps runs of one kind from those of another.
const (
	borderRun uint64 = iota + 1
	wordRun
	stemRun
	pairRun
	apartRun
	hanRun
)

// stem is how many letters of a word are read again, so that endings and slips matter less.
const stem = 4

// AskRuns calls f with the bucket of every run in a clause: Chinese characters alone and in twos and
// threes; words of letters, how they begin, and in twos side by side and one apart.
func AskRuns(clause string, f func(bucket uint32)) {
	put := func(kind, a, b, c uint64) {
		h := (kind*0x9e3779b97f4a7c15 ^ a) * 0xff51afd7ed558ccd
		h = (h ^ h>>32 ^ b) * 0xc4ceb9fe1a85ec53
		h = (h ^ h>>29 ^ c) * 0x9e3779b97f4a7c15
		f(uint32(h >> (64 - 13)))
	}
	one, two := borderRun, uint64(0)
	next := func(kind, token uint64) {
		put(kind, 0, 0, token)
		put(pairRun, 0, one, token)
		if kind == hanRun || two == 0 {
			put(pairRun, two, one, token)
		} else {
			put(apartRun, 0, two, token)
		}
		two, one = one, token
	}
	word, letters := uint64(0), 0
	end := func() {
		if letters == 0 {
			return
		}
		next(wordRun, word)
		word, letters = 0, 0
	}
	for _, r := range clause {
		switch {
		case r == ' ':
			end()
		case isHan(r):
			end()
			next(hanRun, uint64(r))
		default:
			word = (word ^ uint64(r)) * 0x100000001b3
			if letters++; letters == stem {
				put(stemRun, 0, 0, word)
			}
		}
	}
	end()
	put(pairRun, 0, one, borderRun)
}
