package router

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// errKilled is what every command of a node gets that was killed.
var errKilled = errors.New("killed by the test")

// killer stands between a node and its Redis. It lets so many commands through and then does to the
// node what its manner says.
type killer struct {
	mu     sync.Mutex
	armed  bool
	left   int
	manner manner
	struck bool
	// met are the commands since it was armed, by what they are about.
	met []string
}

// manner is how a node fails at a step.
type manner string

const (
	// dies: neither this command nor any later one is run, as for a process that was killed.
	dies manner = "dies"
	// hiccups: this command is not run, the later ones are. The node lives and has to cope.
	hiccups manner = "hiccups"
	// deaf: this command is run and its answer lost, as when a connection breaks or a master falls.
	deaf manner = "deaf"
)

// arm makes a node fail after so many commands.
func (k *killer) arm(after int, m manner) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.armed, k.left, k.manner, k.struck, k.met = true, after, m, false, nil
}

// disarm lets everything through again. It reports whether the node met its failure.
func (k *killer) disarm() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.armed = false
	return k.struck
}

func (k *killer) on() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.armed
}

// next decides about one command: whether it is run, and whether its answer arrives.
func (k *killer) next(cmd redis.Cmder) (run, answer bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.armed {
		k.met = append(k.met, about(cmd))
	}
	if !k.armed || k.struck && k.manner != dies {
		return true, true
	}
	if k.left > 0 {
		k.left--
		return true, true
	}
	k.struck = true
	return k.manner == deaf, false
}

// about names a command by its key, or for a script by its first key and how many it has.
func about(cmd redis.Cmder) string {
	args := cmd.Args()
	key := func(i int) string {
		if i >= len(args) {
			return ""
		}
		_, name, _ := strings.Cut(fmt.Sprint(args[i]), "}:")
		kind, _, _ := strings.Cut(name, ":")
		return kind
	}
	if strings.HasPrefix(cmd.Name(), "eval") {
		return fmt.Sprintf("script %s×%v", key(3), args[2])
	}
	return cmd.Name() + " " + key(1)
}

func (k *killer) DialHook(next redis.DialHook) redis.DialHook {
	return next
}

func (k *killer) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		run, answer := k.next(cmd)
		var err error
		if run {
			err = next(ctx, cmd)
		}
		if !answer {
			err = errKilled
			cmd.SetErr(err)
		}
		return err
	}
}

// ProcessPipelineHook takes a pipeline apart, because a node can be killed in the middle of one.
func (k *killer) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if !k.on() {
			return next(ctx, cmds)
		}
		var errs []error
		for i := range cmds {
			run, answer := k.next(cmds[i])
			if run {
				errs = append(errs, next(ctx, cmds[i:i+1]))
			}
			if !answer {
				cmds[i].SetErr(errKilled)
				errs = append(errs, errKilled)
			}
		}
		return errors.Join(errs...)
	}
}
