package history

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"yijian/session"
)

// The files of a kept history. All but the first hold one JSON value a line.
const (
	aboutFile   = "about.json"
	journalFile = "journal.jsonl"
	logsFile    = "logs.jsonl"
	samplesFile = "samples.jsonl"
	finalFile   = "final.jsonl"
	resumesFile = "resumes.jsonl"
	faultsFile  = "faults.jsonl"
	archiveFile = "archives.jsonl"
)

type about struct {
	Durability Durability `json:"durability"`
	Start      time.Time  `json:"start"`
}

// Save writes a history into a folder, which it makes.
func (h History) Save(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("keeping the history: %w", err)
	}
	logs := slices.SortedFunc(maps.Values(h.Logs), func(a, b Log) int {
		return compareIDs(a.Session, b.Session)
	})
	entries := func(func(Entry) bool) {}
	if h.Journal != nil {
		entries = h.Journal.Entries()
	}
	return errors.Join(
		save(dir, aboutFile, slices.Values([]about{{h.Durability, h.Start}})),
		save(dir, journalFile, entries),
		save(dir, logsFile, slices.Values(logs)),
		save(dir, samplesFile, slices.Values(h.Samples)),
		save(dir, finalFile, slices.Values(h.Final)),
		save(dir, resumesFile, slices.Values(h.Resumes)),
		save(dir, faultsFile, slices.Values(h.Faults)),
		save(dir, archiveFile, slices.Values(h.Archives)),
	)
}

func compareIDs(a, b session.ID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Load reads what Save wrote.
func Load(dir string) (History, error) {
	h := History{Journal: NewJournal(time.Now()), Logs: map[session.ID]Log{}}
	err := errors.Join(
		load(dir, aboutFile, func(a about) { h.Durability, h.Start = a.Durability, a.Start }),
		load(dir, journalFile, h.Journal.Add),
		load(dir, logsFile, func(l Log) { h.Logs[l.Session] = l }),
		load(dir, samplesFile, func(s DeskSample) { h.Samples = append(h.Samples, s) }),
		load(dir, finalFile, func(s DeskSample) { h.Final = append(h.Final, s) }),
		load(dir, resumesFile, func(r Resume) { h.Resumes = append(h.Resumes, r) }),
		load(dir, faultsFile, func(f Fault) { h.Faults = append(h.Faults, f) }),
		load(dir, archiveFile, func(a Archive) { h.Archives = append(h.Archives, a) }),
	)
	return h, err
}

func save[T any](dir, name string, values iter.Seq[T]) error {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return fmt.Errorf("keeping the history: %w", err)
	}
	if err := errors.Join(Encode(f, values), f.Close()); err != nil {
		return fmt.Errorf("keeping %s: %w", name, err)
	}
	return nil
}

func load[T any](dir, name string, take func(T)) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return fmt.Errorf("reading a kept history: %w", err)
	}
	if err := errors.Join(Decode(f, take), f.Close()); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// Encode writes values one a line.
func Encode[T any](w io.Writer, values iter.Seq[T]) error {
	buf := bufio.NewWriter(w)
	enc := json.NewEncoder(buf)
	for v := range values {
		if err := enc.Encode(v); err != nil {
			return err
		}
	}
	return buf.Flush()
}

// Decode reads values until the end, handing each to take. An error names the value it is in.
func Decode[T any](r io.Reader, take func(T)) error {
	dec := json.NewDecoder(bufio.NewReader(r))
	for n := 1; ; n++ {
		var v T
		err := dec.Decode(&v)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("value %d: %w", n, err)
		}
		take(v)
	}
}
