package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"
)

// keepIDs is how many event ids a session remembers to store each once.
const keepIDs = 1000

// Draft is an event before it is stored. Its ID is fixed before the first try.
type Draft struct {
	ID   string
	Kind Kind
	From Role
	By   string
	Body Body
}

// Append is one all-or-nothing write to a log.
type Append struct {
	Drafts []Draft
	// Epoch, if set, must still be the session's; it fences writers that decided on an older state.
	Epoch int64
	// Ask is the turn a bot answers; a bot's events are refused if it is not the open one.
	Ask string
	// Offer is the number of the offer an accept came from.
	Offer int64
	// Quiet, if set, is since when nothing must have happened, typing included. Only with it may the
	// router end a conversation that a person answers.
	Quiet time.Time
	// Timers are armed in the same step; an earlier deadline of the same name stands.
	Timers []Timer
	// Urgent events are acknowledged by the master alone, whatever the durability: a visitor who asks
	// for a person is not held up by a replica. A safe node sees to the rest afterwards.
	Urgent bool
}

// Timer is a durable promise to look at a session again.
type Timer struct {
	What  string
	After time.Duration
}

// Reasons why an Append is refused. A RefusedError wraps one of them.
var (
	ErrGone     = errors.New("the session is not in redis")
	ErrClosed   = errors.New("the session is closed")
	ErrIllegal  = errors.New("the move is not legal")
	ErrConflict = errors.New("somebody else was first")
	ErrIDReused = errors.New("the id was used for another text")
)

// RefusedError says why the script refused, and who answers the session now.
type RefusedError struct {
	Code  string
	Epoch int64
	Owner Owner
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("refused: %s (owner %s, epoch %d)", e.Code, e.Owner, e.Epoch)
}

// Unwrap maps the script's code to the error a caller decides on.
func (e *RefusedError) Unwrap() error {
	switch e.Code {
	case "gone":
		return ErrGone
	case "closed":
		return ErrClosed
	case "illegal":
		return ErrIllegal
	case "id_reused":
		return ErrIDReused
	}
	return ErrConflict
}

// Append writes events to a log in one step. A refusal wraps one of the Err values above; any other
// error means that the outcome is not known, and the same Append may be tried again.
func (l *Log) Append(ctx context.Context, id ID, a Append) (Appended, error) {
	args, err := l.appendArgs(id, a)
	if err != nil {
		return Appended{}, err
	}
	var out Appended
	err = l.again(ctx, id, func() (err error) {
		out, err = l.append(ctx, id, a, args)
		return err
	})
	if err == nil && l.keep != nil {
		err = l.kept(ctx, id, a, out)
	}
	return out, err
}

func (l *Log) append(ctx context.Context, id ID, a Append, args []any) (Appended, error) {
	do := l.write
	if a.Urgent {
		do = l.writeFast
	}
	k := keysOf(id)
	res, err := do(ctx, appendScript, []string{k.state, k.log, k.ids, k.timers, k.dirty}, args...).Slice()
	if err != nil {
		return Appended{}, fmt.Errorf("append to session %s: %w", id, err)
	}
	if res[0] == "refused" {
		return Appended{}, fmt.Errorf("append to session %s: %w", id,
			&RefusedError{Code: res[1].(string), Epoch: res[2].(int64), Owner: Owner(res[3].(string))})
	}
	return appended(a, res)
}

func (l *Log) appendArgs(id ID, a Append) ([]any, error) {
	epoch := ""
	if a.Epoch != 0 {
		epoch = strconv.FormatInt(a.Epoch, 10)
	}
	raise, arrived := a.repair()
	args := make([]any, 0, 10+2*len(a.Timers)+10*len(a.Drafts))
	quiet := int64(0)
	if !a.Quiet.IsZero() {
		quiet = a.Quiet.UnixMilli()
	}
	args = append(args, l.now(), string(id), epoch, a.Ask, a.Offer, keepIDs, len(a.Timers), raise, arrived, quiet)
	for _, t := range a.Timers {
		args = append(args, t.What, t.After.Milliseconds())
	}
	for _, d := range a.Drafts {
		body, err := json.Marshal(d.Body)
		if err != nil {
			return nil, fmt.Errorf("encoding event %s: %w", d.ID, err)
		}
		args = append(args, d.ID, string(d.Kind), string(d.From), d.By, textHash(d), string(body),
			string(d.Body.To), d.Body.Agent, d.Body.Reason, d.Body.Queue)
	}
	return args, nil
}

// repair returns what a repair sets beyond its move, or zeros for every other append.
func (a Append) repair() (epoch, arrived int64) {
	if len(a.Drafts) == 0 {
		return 0, 0
	}
	return a.Drafts[0].Body.Epoch, a.Drafts[0].Body.Arrived
}

// textHash tells "the same id, sent again" from "the same id, other text".
func textHash(d Draft) string {
	if d.Body.Text == "" {
		return ""
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(d.Body.Text))
	return strconv.FormatUint(h.Sum64(), 36)
}
