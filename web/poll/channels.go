package poll

import "sync"

// Channels are those of one process, by their secret names.
type Channels struct {
	opts Options

	mu   sync.Mutex
	open map[string]*Channel
}

// NewChannels returns a set without channels.
func NewChannels(o Options) *Channels {
	return &Channels{opts: o, open: map[string]*Channel{}}
}

// Open begins a channel. Somebody must read it until Read fails, and release it then.
func (s *Channels) Open() *Channel {
	c := newChannel(s.opts)
	c.free = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.open, c.id)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[c.id] = c
	return c
}

// Find returns the channel of a name, or nil: it was forgotten, or is of another process.
func (s *Channels) Find(id string) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[id]
}
