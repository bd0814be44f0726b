package session_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
	"yijian/session/rdb"
)

const corpus = "testdata/fuzz/FuzzAppendAgainstModel"

// FuzzAppendAgainstModel walks append.lua and its model side by side. Each process of the fuzz engine
// has one in-process Redis, emptied before every walk.
func FuzzAppendAgainstModel(f *testing.F) {
	db, err := rdb.Open(f.Context(), rdb.Memory)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = db.Close() })
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := db.Client.FlushDB(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		c := &clock{ms: 1_700_000_000_000}
		walk(t, session.NewLog(db, c.now), c, data)
	})
}

func TestAppendDoesWhatItsModelDoesOnEveryRedis(t *testing.T) {
	t.Parallel()
	const walks = 30
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	known := corpusWalks(t)
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		rng := rand.New(rand.NewPCG(seed, 2))
		for _, data := range known {
			walk(t, l, c, data)
		}
		for range walks {
			data := make([]byte, 300)
			for i := range data {
				data[i] = byte(rng.Uint32())
			}
			walk(t, l, c, data)
		}
	})
}

// walk plays the steps that the bytes mean, on a new session.
func walk(t *testing.T, l *session.Log, c *clock, data []byte) {
	t.Helper()
	id := born(t, l)
	at, err := l.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{log: l, clock: c, id: id, model: newModel(at)}
	o := &ops{data: data, model: w.model}
	for range maxSteps {
		step, more := o.next()
		if !more {
			break
		}
		w.take(t, step)
		w.compareState(t, step)
	}
	w.compareLog(t)
}

// walker is one session and its model on their way together.
type walker struct {
	log   *session.Log
	clock *clock
	id    session.ID
	model *model
}

func (w *walker) take(t *testing.T, step op) {
	t.Helper()
	switch {
	case step.pass > 0:
		w.clock.pass(step.pass)
	case step.void > 0:
		if err := w.log.Void(t.Context(), w.id, step.void); err != nil {
			t.Fatal(err)
		}
		w.model.void(step.void)
	default:
		w.append(t, step.write)
	}
}

func (w *walker) append(t *testing.T, a session.Append) {
	t.Helper()
	out, err := w.log.Append(t.Context(), w.id, a)
	got := answer{Seqs: out.Seqs, Fresh: out.Fresh}
	if refused, ok := errors.AsType[*session.RefusedError](err); ok {
		got = answer{Code: refused.Code, Epoch: refused.Epoch, Owner: refused.Owner}
	} else if err != nil {
		t.Fatal(err)
	}
	before := w.model.state
	want := w.model.append(a, time.UnixMilli(w.clock.ms).UTC())
	if len(want.Seqs) == 0 {
		want.Seqs, got.Seqs = nil, nil // an empty batch is an empty answer either way
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("append %+v\nto %+v\n(-model +script):\n%s", a, before, diff)
	}
}

func (w *walker) compareState(t *testing.T, step op) {
	t.Helper()
	live, err := w.log.State(t.Context(), w.id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w.model.state, live); diff != "" {
		t.Fatalf("state after %+v (-model +live):\n%s", step, diff)
	}
}

func (w *walker) compareLog(t *testing.T) {
	t.Helper()
	stored, err := w.log.Last(t.Context(), w.id, int64(len(w.model.log))+1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append([]session.Event{}, w.model.log...), stored); diff != "" {
		t.Fatalf("log (-model +stored):\n%s", diff)
	}
	s := w.model.state
	folded := session.State{Epoch: 1, Owner: session.Bot, Site: s.Site, Lang: s.Lang, Created: s.Created, Void: s.Void}
	for _, e := range stored {
		folded = session.Fold(folded, e)
	}
	if diff := cmp.Diff(s, folded); diff != "" {
		t.Fatalf("fold of the log (-model +fold):\n%s", diff)
	}
}

// corpusWalks reads the committed walks, so that they run on a real Redis too.
func corpusWalks(t *testing.T) [][]byte {
	t.Helper()
	files, err := filepath.Glob(corpus + "/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no walks in %s (%v)", corpus, err)
	}
	var walks [][]byte
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, line, _ := strings.Cut(string(text), "[]byte(")
		data, err := strconv.Unquote(strings.TrimSuffix(strings.TrimSpace(line), ")"))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		walks = append(walks, []byte(data))
	}
	return walks
}
