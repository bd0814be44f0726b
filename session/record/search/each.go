package search

import (
	"context"

	"yijian/session"
)

// Each calls do for every session that a query finds, once each, until it returns an error. Nothing is
// held open between two pages, so do may take its time.
func (x *Index) Each(ctx context.Context, q Query, do func(session.ID) error) error {
	seen := map[session.ID]bool{}
	q.Limit, q.After = MaxLimit, ""
	for {
		page, err := x.page(ctx, q)
		if err != nil {
			return err
		}
		for _, h := range page.Hits {
			if q.Text != "" { // a word may be said more than once
				if seen[h.Session] {
					continue
				}
				seen[h.Session] = true
			}
			if err := do(h.Session); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}
