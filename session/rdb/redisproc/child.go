package redisproc

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
)

// watchdog runs a command until its own stdin closes: when Stop says so, or when the process that
// started it is gone, however it died. So no child outlives its owner. Ctrl-C reaches everything that
// runs in a terminal, the shell too, and must not end it before the command, which does not hear of it.
const watchdog = `trap : INT HUP QUIT TERM
log=$1; shift; "$@" >>"$log" 2>&1 & echo $!
cat >/dev/null; kill -9 $! 2>/dev/null; wait`

// Child is a process that never outlives this one.
type Child struct {
	pid      int
	watchdog *exec.Cmd
	alive    io.Closer
}

// StartChild runs a command, whose output is appended to the file log.
func StartChild(log string, command ...string) (*Child, error) {
	args := append([]string{"-c", watchdog, "sh", log}, command...)
	c := &Child{watchdog: exec.Command("sh", args...)} //nolint:gosec,noctx // the command is the caller's; Stop ends it
	var err error
	if c.alive, err = c.watchdog.StdinPipe(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", command[0], err)
	}
	out, err := c.watchdog.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", command[0], err)
	}
	if err := c.watchdog.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", command[0], err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		c.pid, err = strconv.Atoi(strings.TrimSpace(line))
	}
	if err != nil {
		c.Stop()
		return nil, fmt.Errorf("starting %s: %w", command[0], err)
	}
	return c, nil
}

// Signal sends the child a signal by its name or number: KILL, STOP, CONT. The shell knows what that
// is on every system, and this package is part of a binary that is built for all of them.
func (c *Child) Signal(name string) error {
	pid := strconv.Itoa(c.pid)
	if err := exec.Command("sh", "-c", "kill -"+name+" "+pid).Run(); err != nil { //nolint:gosec,noctx // names are ours; it takes no time
		return fmt.Errorf("signal %s to process %s: %w", name, pid, err)
	}
	return nil
}

// Stop kills the child, if it lives, and waits until it is gone.
func (c *Child) Stop() {
	_ = c.alive.Close()
	_ = c.watchdog.Wait()
}
