//go:build !planted

package plant

// Nothing is planted.
const (
	// Inbox delivers an early event as if it were next.
	Inbox = false
	// Wait acknowledges without waiting for a replica.
	Wait = false
	// Press forgets some wishes for a person.
	Press = false
	// Capacity is by how many conversations a seat's is exceeded.
	Capacity = 0
)

// Script returns the source of a script as it is.
func Script(_, source string) string { return source }
