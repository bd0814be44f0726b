//go:build unix

package ws

import "syscall"

// writeOnce offers bytes to a descriptor that does not block and returns how many it took.
func writeOnce(fd uintptr, b []byte) int {
	n, err := syscall.Write(int(fd), b)
	if err != nil {
		return 0
	}
	return n
}
