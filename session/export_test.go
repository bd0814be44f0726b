package session

// LoseHints has lose decide about every hint of a node whether it is lost. It is called before Run.
func (n *Node) LoseHints(lose func() bool) { n.lose = lose }
