package main

import "syscall"

// connections is how many the process may have open: its descriptors without a reserve for the
// stores, the log and what is refused. Go has raised the soft limit to the hard one by now. 0 is no
// limit, where the system has none.
func connections() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Cur > 1<<30 {
		return 0
	}
	return spare(int(limit.Cur))
}

// spare leaves a quarter of the descriptors and 32 more to everything else, at most 1,000.
func spare(descriptors int) int { return max(1, descriptors-min(descriptors/4+32, 1000)) }
