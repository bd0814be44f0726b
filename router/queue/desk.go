package queue

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yijian/session"
	"yijian/session/rdb"
)

// Errors that callers decide on.
var (
	// ErrOfferGone says that an offer no longer stands for that agent: taken, late, or another's.
	ErrOfferGone = errors.New("the offer is gone; take the next one")
	// ErrNoRoom says that the agent has no seat, or no room on it.
	ErrNoRoom = errors.New("there is no room on the seat")
	// ErrConflict says that the desk changed between the match and the offer.
	ErrConflict = errors.New("the desk changed; match again")
	// ErrInvalid says that a name or number cannot be used at a desk; the text says which and why.
	ErrInvalid = errors.New("not valid at the desk")
)

const (
	goneFor       = 25 * time.Hour     // how long the epoch of a removed ticket is remembered
	handlesKept   = 400                // handle times kept of each queue: a far place needs many
	handlesFor    = 7 * 24 * time.Hour // … and how long without a new one
	seatsAtMost   = 2000               // seats read in one look
	retryTimer    = 5 * time.Second    // until an unanswered timer is reported again
	maxName       = 128                // bytes of an agent, queue or session id
	settleRetries = 4                  // a ticket cannot change queues faster than this
)

//go:embed lua/*.lua
var luaFS embed.FS

//go:embed lua/prelude.lua
var prelude string

func script(name string) rdb.Script {
	return rdb.NewScript(luaFS, "lua/"+name+".lua", rdb.NowLua, prelude)
}

var (
	settleScript  = script("settle")
	seatScript    = script("seat")
	wrapUpScript  = script("wrapup")
	readyScript   = script("ready")
	leaveScript   = script("leave")
	lostScript    = script("lost")
	offerScript   = script("offer")
	acceptScript  = script("accept")
	declineScript = script("decline")
	shownScript   = script("shown")
	lapseScript   = script("lapse")
	backScript    = script("back")
	roomScript    = script("room")
	restScript    = script("rest")
	waitsScript   = script("waits")
	dueScript     = script("due")
	asideScript   = script("aside")
	hereScript    = script("here")
	appearScript  = script("appear")
	takeScript    = script("take")
	removeScript  = script("remove")
	checkScript   = script("check")
)

// Options are the times and choices of a desk. The zero value is the published default.
type Options struct {
	OfferFor  time.Duration // an offer stands this long; 25 s
	AcceptFor time.Duration // an accept must be finished in this time; 10 s
	Lease     time.Duration // a seat lasts this long without renewal; 30 s
	Grace     time.Duration // a lost seat keeps its conversations this long; 60 s
	AwayAfter time.Duration // a visitor is away after so long without a page; 90 s
	Misses    int           // shown and ignored offers in a row that set a seat away; 2
	Page      int           // tickets read at once; 100
	// Strategy chooses among seats that suit a ticket alike; LongestIdle.
	Strategy Strategy
	// Queues are the queues there are, each with its rule; any queue by the default rule if empty.
	Queues Rules
	// NowMS is the clock of tests; nil, always in production, means the clock of Redis.
	NowMS func() int64
	// Token makes the secret part of an offer's ID; random.
	Token func() string
}

// Desk is the desks of all sites in one Redis.
type Desk struct {
	db *rdb.DB
	// crowd lets what is asked at the same moment share its way to Redis.
	crowd *rdb.Crowd
	opt   Options
}

// New returns the desks kept in db.
func New(db *rdb.DB, o Options) *Desk {
	o.OfferFor = orElse(o.OfferFor, 25*time.Second)
	o.AcceptFor = orElse(o.AcceptFor, 10*time.Second)
	o.Lease = orElse(o.Lease, 30*time.Second)
	o.Grace = orElse(o.Grace, 60*time.Second)
	o.AwayAfter = orElse(o.AwayAfter, 90*time.Second)
	o.Misses = orElse(o.Misses, 2)
	o.Page = orElse(o.Page, 100)
	if o.Strategy == nil {
		o.Strategy = LongestIdle
	}
	if o.NowMS == nil {
		o.NowMS = func() int64 { return 0 }
	}
	if o.Token == nil {
		o.Token = rand.Text
	}
	return &Desk{db: db, crowd: rdb.NewCrowd(db), opt: o}
}

func orElse[T time.Duration | int](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}

// run runs a script whose answer is a list of strings. ARGV[1] of every script is the clock.
func (d *Desk) run(ctx context.Context, s rdb.Script, keys []string, args ...any) (reply, error) {
	args = append([]any{d.opt.NowMS()}, args...)
	return d.crowd.Do(ctx, s, keys, args...).StringSlice()
}

// newOffer makes the ID of an offer: the session and a secret, so that an ID alone leads to its
// ticket, and one from before a desk lost its memory fits no later offer.
func (d *Desk) newOffer(id session.ID) string { return string(id) + "." + d.opt.Token() }

// SessionOf returns the session that an offer's ID is about.
func SessionOf(offer string) (session.ID, error) {
	i := strings.LastIndexByte(offer, '.')
	if i < 0 {
		return "", fmt.Errorf("offer %.80q: %w", offer, ErrOfferGone)
	}
	id := session.ID(offer[:i])
	if err := checkName("session", string(id)); err != nil {
		return "", fmt.Errorf("offer %.80q: %w", offer, ErrOfferGone)
	}
	return id, nil
}

// checkName refuses what would break a key or a hold: the scripts join names with '|'.
func checkName(what, name string) error {
	switch {
	case name == "":
		return fmt.Errorf("%w: the %s is empty; give one", ErrInvalid, what)
	case len(name) > maxName:
		return fmt.Errorf("%w: the %s is longer than %d bytes; shorten it", ErrInvalid, what, maxName)
	case strings.ContainsFunc(name, breaksKeys):
		return fmt.Errorf("%w: the %s %.40q has a space or one of | { }; use letters, digits, - and _",
			ErrInvalid, what, name)
	}
	return nil
}

func breaksKeys(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("|{}", r) }

func checkNames(pairs ...string) error {
	var errs []error
	for pair := range slices.Chunk(pairs, 2) {
		errs = append(errs, checkName(pair[0], pair[1]))
	}
	return errors.Join(errs...)
}
