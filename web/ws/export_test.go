package ws

// WriteAll writes frames as the writer of a connection does.
func WriteAll(c *Conn, frames [][]byte) error { return c.writeAll(frames) }
