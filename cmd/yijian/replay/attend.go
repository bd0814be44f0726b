package replay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/web/problem"
	"yijian/web/wire"
)

// catchUp is how long an event may take to the visitor after it is in the transcript, at the most.
const catchUp = 5 * time.Second

// attend plays one session and holds it against its transcript. The error is one that all other
// visitors would meet as well.
func attend(ctx context.Context, v *visitor, api *rest) (result, error) {
	defer v.sock.Close()
	err := v.play(ctx)
	switch {
	case ctx.Err() != nil:
		return result{number: v.plan.Number, session: v.story.Session, lived: v.lived}, ctx.Err()
	case errors.Is(err, client.ErrRefused) && v.story.life == 0:
		return result{number: v.plan.Number, lived: v.lived}, fmt.Errorf("no visitor is let in: %w", err)
	case v.story.life > 0 && (errors.Is(err, client.ErrRefused) || errors.Is(err, client.ErrAway)):
		v.story.Unresumed = err.Error()
	}
	v.story.Finished, v.lived.Err = err == nil, err
	r := result{number: v.plan.Number, session: v.story.Session}
	if v.story.life > 0 {
		r.faults, r.grades, err = v.verify(ctx, api)
		v.lived.Err = errors.Join(v.lived.Err, err)
	}
	r.lived, r.completed = v.lived, v.lived.Err == nil
	return r, nil
}

// verify reads the transcript while the visitor is still there to be shown what is in it. A session
// that the server knows nothing of has an empty one.
func (v *visitor) verify(ctx context.Context, api *rest) (faults, grades, error) {
	log, err := api.transcript(ctx, v.story.Session)
	if p, ok := errors.AsType[*problem.Problem](err); ok && p.Status == http.StatusNotFound {
		log, err = nil, nil
	}
	if err != nil {
		return faults{}, grades{}, fmt.Errorf("read the transcript: %w", err)
	}
	if v.story.Unresumed == "" {
		v.story.Open = v.caughtUp(ctx, log)
	}
	return check(v.story, log), grade(v.plan.Questions, log), nil
}

// caughtUp gives the visitor time to be shown all of a transcript, and reports whether there was a
// connection to show it on.
func (v *visitor) caughtUp(ctx context.Context, log []wire.Event) bool {
	newest := uint64(0)
	for _, e := range log {
		if visible(e) {
			newest = e.Seq
		}
	}
	err := v.until(ctx, min(catchUp, v.cfg.Answer), func() bool { return v.story.last().Seq >= newest })
	return err == nil || errors.Is(err, client.ErrTimeout)
}
