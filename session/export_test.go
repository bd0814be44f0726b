package session

import "context"

// CompareAll is one round of the sweep over all partitions.
func (n *Node) CompareAll(ctx context.Context, lease bool) error {
	for _, ids := range n.byPartition() {
		if err := n.renew(ctx, ids, lease); err != nil {
			return err
		}
	}
	return nil
}

// LoseHints has lose decide about every hint of a node whether it is lost. It is called before Run.
func (n *Node) LoseHints(lose func() bool) { n.lose = lose }

// CompareNow compares one open session with its log.
func (n *Node) CompareNow(id ID) { n.compare(id, n.room(id)) }
