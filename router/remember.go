package router

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"yijian/router/queue"
	"yijian/session"
)

// remembersAtOnce bounds how many sessions a desk is told of at a time.
const remembersAtOnce = 16

// remembers reports whether a desk knows its sessions. If Redis lost it, one node tells it of all who
// wait and all who have a person, as the record has them and in the order of their arrival; until then
// nothing is offered, so that the line goes on in its old order.
func (r *Router) remembers(ctx context.Context, site string) (bool, error) {
	memory, err := r.desk.Recall(ctx, site)
	if err != nil || memory != queue.Mine {
		return memory == queue.Whole && err == nil, err
	}
	err = r.remember(ctx, site)
	if err != nil {
		err = fmt.Errorf("telling desk %s of its sessions: %w", site, err)
	}
	return err == nil, errors.Join(err, r.desk.Remember(ctx, site, err == nil))
}

func (r *Router) remember(ctx context.Context, site string) error {
	var g errgroup.Group
	g.SetLimit(remembersAtOnce)
	err := r.node.Living(ctx, session.Living{Site: site}, func(id session.ID) error {
		g.Go(func() error {
			_, err := r.Settle(ctx, id)
			return err
		})
		return ctx.Err()
	})
	return errors.Join(err, g.Wait())
}
