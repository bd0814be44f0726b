package policy

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/rs/zerolog"

	"yijian/router/escalate"
	"yijian/session/record"
)

// Errors that callers decide on. What a policy gets wrong comes as an *Invalid.
var (
	// ErrStale says that somebody else published since the draft was begun.
	ErrStale = errors.New("another version was published meanwhile")
	// ErrNoReason says that a version was to be published without a word why.
	ErrNoReason = errors.New("a policy is published with a reason of 3 to 500 characters")
	// ErrNoVersion says that a version was never published.
	ErrNoVersion = errors.New("there is no such version")
)

// look is how often a node looks for a new version. Two looks and the reading fit into 5 s.
const look = 2 * time.Second

// The length of a reason, in characters.
const minReason, maxReason = 3, 500

// Version is one published policy.
type Version struct {
	escalate.Policy
	Hash string
	At   time.Time
	// By is the account that published it, Name what it was called then. The first version is the
	// system's own.
	By, Name string
	Reason   string
	// Restores is the version whose words these are again, or 0.
	Restores int
}

// Author is who publishes.
type Author struct{ ID, Name string }

// Store keeps the versions and knows the current one. It is safe for concurrent use.
type Store struct {
	db      *record.DB
	log     zerolog.Logger
	now     func() time.Time
	current atomic.Pointer[Version]
	judged  chan escalate.Judgement
}

// Options is what a store is made of besides the record.
type Options struct {
	Log zerolog.Logger
	Now func() time.Time
}

// Open returns a store whose newest version is current. Where nothing was ever published, first
// becomes version 1; it answers all floors that first breaks, also where it is not needed any more.
func Open(ctx context.Context, db *record.DB, first escalate.Policy, o Options) (*Store, error) {
	if err := first.Validate(); err != nil {
		return nil, fmt.Errorf("the policy of the settings cannot be used: %w", err)
	}
	s := &Store{
		db: db, now: o.Now, judged: make(chan escalate.Judgement, journalRoom),
		log: o.Log.With().Str("component", "policy").Logger(),
	}
	first.Version = 1
	v := Version{Policy: first, Hash: first.Hash(), At: s.now(), By: "system", Name: "Yijian", Reason: "The settings at the first start."}
	err := db.Tx(ctx, func(tx *record.Tx) error { return insertFirst(ctx, tx, v) })
	if read := s.refresh(ctx); read != nil { // of two nodes that start at once one stores it, and both read it
		return nil, errors.Join(err, read)
	}
	return s, nil
}

// Current is the policy that decides now. It is a value, which the caller may keep.
func (s *Store) Current() escalate.Policy { return s.current.Load().Policy }

// Newest is the current version with who published it and why.
func (s *Store) Newest() Version { return *s.current.Load() }

// Run keeps the current version the newest there is and writes down what is judged, until ctx ends.
func (s *Store) Run(ctx context.Context) error {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			s.write(context.WithoutCancel(ctx)) // what was judged before the stop
			return nil
		case <-tick.C:
			if err := s.refresh(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn().Err(err).Msg("policy not looked up; the last one known decides")
			}
			s.write(ctx)
		}
	}
}

// refresh takes over a newer version, if there is one. One that breaks a floor or is not what was
// published is refused: the last good one decides on.
func (s *Store) refresh(ctx context.Context) error {
	v, err := Newest(ctx, s.db)
	if err != nil {
		return err
	}
	return s.take(v)
}

func (s *Store) take(v Version) error {
	for {
		was := s.current.Load()
		if was != nil && was.Version >= v.Version {
			return nil
		}
		if err := v.intact(); err != nil {
			return err
		}
		if s.current.CompareAndSwap(was, &v) {
			s.log.Info().Int("version", v.Version).Str("hash", v.Hash).Msg("policy taken over")
			return nil
		}
	}
}

// intact reports what is wrong with a version that was read.
func (v Version) intact() error {
	if got := v.Policy.Hash(); got != v.Hash {
		return fmt.Errorf("version %d is not what was published: its hash is %s, not %s", v.Version, got, v.Hash)
	}
	if err := v.Validate(); err != nil {
		return fmt.Errorf("version %d cannot be used: %w", v.Version, err)
	}
	return nil
}

// Publish makes a draft that was begun from version base the next version. It is current on this node
// when Publish returns, and on every other within 5 s.
func (s *Store) Publish(ctx context.Context, base int, draft escalate.Policy, by Author, reason string) (Version, error) {
	return s.publish(ctx, base, Version{Policy: draft, By: by.ID, Name: by.Name, Reason: reason})
}

// Restore publishes an old version once more, under a new number and its old hash.
func (s *Store) Restore(ctx context.Context, base, version int, by Author, reason string) (Version, error) {
	old, err := s.Version(ctx, version)
	if err != nil {
		return Version{}, err
	}
	return s.publish(ctx, base, Version{Policy: old.Policy, By: by.ID, Name: by.Name, Reason: reason, Restores: version})
}

func (s *Store) publish(ctx context.Context, base int, v Version) (Version, error) {
	v.Reason = strings.TrimSpace(v.Reason)
	v.Version, v.At = base+1, s.now().UTC().Truncate(time.Millisecond)
	if err := v.Check(); err != nil {
		return Version{}, err
	}
	if n := utf8.RuneCountInString(v.Reason); n < minReason || n > maxReason {
		return Version{}, ErrNoReason
	}
	v.Hash = v.Policy.Hash()
	err := s.db.Tx(ctx, func(tx *record.Tx) error { return next(ctx, tx, base, v) })
	if err != nil {
		return Version{}, s.refused(ctx, base, err)
	}
	return v, s.take(v)
}

// next inserts a version if base is the newest.
func next(ctx context.Context, tx *record.Tx, base int, v Version) error {
	var newest int
	if err := tx.QueryRowContext(ctx, "SELECT MAX(version) FROM policies").Scan(&newest); err != nil {
		return err
	}
	if newest != base {
		return ErrStale
	}
	return insert(ctx, tx, v)
}

// refused tells an error of the store from two who published the same number at the same moment.
func (s *Store) refused(ctx context.Context, base int, err error) error {
	if errors.Is(err, ErrStale) {
		return err
	}
	var newest int
	if s.db.QueryRow(ctx, "SELECT MAX(version) FROM policies").Scan(&newest) == nil && newest > base {
		return ErrStale
	}
	return fmt.Errorf("publishing a policy: %w", err)
}
