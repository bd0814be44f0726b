// Command asktrain trains the linear model by which router/escalate hears requests for a person that
// no table of words holds, and writes its weights.
//
// It learns from what the project owns: the phrasings composed here, the lists of
// router/escalate/testdata, and the questions of the demo shop, which ask for something else. With
// -ordinary it also learns from a table of ordinary questions; what ships was trained with the
// training half of Banking77 (PolyAI, CC-BY-4.0). The same input gives the same weights.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"yijian/router/bot/kb"
	"yijian/router/escalate"
)

func main() {
	out := flag.String("out", "ask.weights", "where to write the weights")
	lists := flag.String("lists", "testdata", "the folder of phrasings")
	ordinary := flag.String("ordinary", "", "a table of text and category whose questions ask for no person")
	flag.Parse()
	if err := run(*out, *lists, *ordinary); err != nil {
		fmt.Fprintln(os.Stderr, "asktrain:", err)
		os.Exit(1) //nolint:forbidigo // a command of its own
	}
}

// example is the runs of one clause and whether it asks for a person.
type example struct {
	runs []uint32
	asks float64
}

func run(out, lists, ordinary string) error {
	asking, other := phrasings()
	for name, to := range map[string]*[]string{
		"ask.zh.txt": &asking, "ask.tw.txt": &asking, "ask.en.txt": &asking, "not_ask.txt": &other, "safety.txt": &other, "mood.txt": &other,
	} {
		lines, err := list(filepath.Join(lists, name))
		if err != nil {
			return err
		}
		*to = append(*to, lines...)
	}
	questions, err := shop()
	if err != nil {
		return err
	}
	other = append(other, questions...)
	if ordinary != "" {
		rows, err := table(ordinary)
		if err != nil {
			return err
		}
		other = append(other, rows...)
	}
	examples := collect(asking, other)
	m := fit(examples)
	return os.WriteFile(out, m.bytes(), 0o644) //nolint:gosec // a part of the source
}

// list reads a list of messages; of a line with tabs the last field is the message.
func list(name string) ([]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var all []string
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			all = append(all, l[strings.LastIndex(l, "\t")+1:])
		}
	}
	return all, nil
}

// shop is the questions and answers of the demo shop.
func shop() ([]string, error) {
	k, err := kb.Demo()
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range k.Entries {
		for _, lang := range []string{kb.Chinese, kb.English} {
			if t := e.In(lang); t != nil && !strings.Contains(e.ID, "human") {
				all = append(all, t.Questions...)
			}
		}
	}
	return all, nil
}

func table(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var all []string
	for _, r := range rows[1:] {
		all = append(all, r[0])
	}
	return all, nil
}

// collect cuts messages into clauses. Of a request with several clauses nobody said which one asks,
// so only those of one clause are learned from. A clause that is both is a request.
func collect(asking, other []string) []example {
	seen := map[string]float64{}
	var order []string
	put := func(clause string, asks float64) {
		if _, ok := seen[clause]; !ok {
			order = append(order, clause)
			seen[clause] = asks
		}
	}
	for _, text := range asking {
		if c := escalate.Normalise(text).Clauses(); len(c) == 1 {
			put(c[0], 1)
		}
	}
	for _, text := range other {
		for _, c := range escalate.Normalise(text).Clauses() {
			put(c, 0)
		}
	}
	all := make([]example, len(order))
	for i, clause := range order {
		all[i].asks = seen[clause]
		escalate.AskRuns(clause, func(b uint32) { all[i].runs = append(all[i].runs, b) })
	}
	return all
}

// model is a logistic regression.
type model struct {
	weight [escalate.AskBuckets]float64
	bias   float64
}

const (
	passes = 30
	rate   = 0.5
	decay  = 2e-5
)

// fit learns by stochastic gradient descent, both classes weighing the same.
func fit(all []example) *model {
	m := &model{}
	asks := 0.0
	for _, e := range all {
		asks += e.asks
	}
	n := float64(len(all))
	heavy := [2]float64{n / 2 / (n - asks), n / 2 / asks}
	fmt.Fprintf(os.Stderr, "%d clauses, %.0f of them ask\n", len(all), asks)
	random := rand.New(rand.NewPCG(1, 7))
	for pass := range passes {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		step := rate * (1 - float64(pass)/passes)
		for _, e := range all {
			root := math.Sqrt(float64(len(e.runs)))
			g := heavy[int(e.asks)] * (e.asks - m.chance(e.runs, root))
			m.bias += step * 0.1 * g
			for _, b := range e.runs {
				m.weight[b] += step * (g/root - decay*m.weight[b])
			}
		}
	}
	return m
}

func (m *model) chance(runs []uint32, root float64) float64 {
	sum := 0.0
	for _, b := range runs {
		sum += m.weight[b]
	}
	return 1 / (1 + math.Exp(-m.bias-sum/root))
}

// bytes writes the model as router/escalate reads it.
func (m *model) bytes() []byte {
	most := 0.0
	for _, w := range m.weight {
		most = max(most, math.Abs(w))
	}
	scale := most / 127
	var b bytes.Buffer
	head := make([]byte, escalate.AskHeader)
	binary.LittleEndian.PutUint32(head, math.Float32bits(float32(scale)))
	binary.LittleEndian.PutUint32(head[4:], math.Float32bits(float32(m.bias)))
	b.Write(head)
	for _, w := range m.weight {
		b.WriteByte(byte(int8(math.Round(w / scale))))
	}
	return b.Bytes()
}
