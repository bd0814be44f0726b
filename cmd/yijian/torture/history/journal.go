package history

import (
	"iter"
	"sync"
	"time"
)

// chunk is how many entries are allocated at once; growing never copies what is there.
const chunk = 4096

// Journal takes down what clients see, from any number of goroutines, in the order it is told.
type Journal struct {
	start time.Time

	mu     sync.Mutex
	chunks [][]Entry
}

// NewJournal returns an empty journal whose entries are timed from start, which must carry a
// monotonic reading (time.Now does).
func NewJournal(start time.Time) *Journal { return &Journal{start: start} }

// Add takes down an entry. An At of 0 means now.
func (j *Journal) Add(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e.At == 0 {
		// Under the lock, so that the order of entries is the order of their times.
		e.At = time.Since(j.start).Microseconds()
	}
	last := len(j.chunks) - 1
	if last < 0 || len(j.chunks[last]) == chunk {
		j.chunks = append(j.chunks, make([]Entry, 0, chunk))
		last++
	}
	j.chunks[last] = append(j.chunks[last], e)
}

// Len is how many entries there are.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.chunks) == 0 {
		return 0
	}
	return (len(j.chunks)-1)*chunk + len(j.chunks[len(j.chunks)-1])
}

// Entries runs over what is there at the moment of the call; more may be added meanwhile.
func (j *Journal) Entries() iter.Seq[Entry] {
	j.mu.Lock()
	seen := make([][]Entry, len(j.chunks))
	copy(seen, j.chunks) // entries are never changed once added, so the chunks may be shared
	j.mu.Unlock()
	return func(yield func(Entry) bool) {
		for _, c := range seen {
			for _, e := range c {
				if !yield(e) {
					return
				}
			}
		}
	}
}
