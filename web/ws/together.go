package ws

// Together writes what is sent while do runs in one call when do has ended, and wakes nobody for it.
// The caller waits for that writing, so this is for one who acts for the peer of this connection.
func (c *Conn) Together(do func()) {
	c.mu.Lock()
	mine := !c.writing && !c.closing
	if mine {
		c.writing = true
	}
	c.mu.Unlock()
	if mine {
		defer c.write()
	}
	do()
}
