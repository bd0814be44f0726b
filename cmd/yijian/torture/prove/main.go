// Command prove shows that `yijian torture` finds what it is there to find. It builds Yijian with the
// bugs of session/plant, tortures it with each of them in turn, and demands that the checker names an
// invariant which that bug breaks, within two minutes. The same binary with nothing planted must pass.
//
// It is run by make torture-proof, from the root of the repository.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// within is how long a planted bug may stay unnoticed, from the start of the servers to the verdict.
const within = 2 * time.Minute

// proof is one run: what is planted, which invariants it may be found by, and how to torture so that
// it has a chance to show.
type proof struct {
	bug     string
	breaks  []int
	torture []string
}

// The ways to torture. What comes late needs kills while much is under way; what is sent again, and what
// is lost, needs failovers; a place that is lost with the memory of Redis needs few seats and a line; what is left undone needs the desk's master to be away, and nobody who lives
// to do it; a seat that is too full needs few seats; a wish that
// was forgotten needs visitors who are not cut off. A ticket that is offered for ever keeps the desk from
// becoming quiet, so that is broken for a short time only.
var (
	rough   = []string{"--sessions", "700", "--kill-every", "1500ms", "--every", "300ms"}
	mild    = []string{"--sessions", "300", "--kill-every", "5s", "--every", "2s"}
	calm    = []string{"--sessions", "700", "--kill-every", "10s", "--every", "5s"}
	crowd   = []string{"--sessions", "300", "--kill-every", "8s", "--every", "2s", "--agents", "2", "--capacity", "2"}
	failing = []string{"--sessions", "500", "--kill-every", "30s", "--every", "20s", "--redis", "cluster", "--failover-every", "4s"}
	ruined  = []string{"--sessions", "600", "--kill-every", "4s", "--every", "20s", "--redis", "cluster", "--failover-every", "4s", "--at-desk", "1"}
	amnesia = []string{"--sessions", "300", "--kill-every", "10s", "--every", "5s", "--forget-every", "8s", "--agents", "2", "--capacity", "5"}
	brief   = []string{"--sessions", "100", "--kill-every", "5s", "--every", "2s", "--duration", "8s", "--quiet-within", "10s"}
)

var proofs = []proof{
	{"dedupe", []int{1}, failing},
	{"epoch", []int{2, 3}, rough},
	{"timer", []int{5}, ruined},
	{"press", []int{4}, calm},
	{"place", []int{6}, mild},
	{"wait", []int{1}, failing},
	{"inbox", []int{1}, rough},
	{"memory", []int{6}, amnesia},
	{"double", []int{7}, brief},
	{"capacity", []int{7}, crowd},
	{"", nil, rough},
}

// report is what is read of torture's own.
type report struct {
	Sessions   int         `json:"sessions"`
	Unresumed  int         `json:"unresumed"`
	Violations map[int]int `json:"violations"`
	Findings   []string    `json:"findings"`
	Crashes    []string    `json:"crashes"`
}

func main() {
	only := flag.String("only", "", "prove only this bug")
	seed := flag.String("seed", "7", "break the same things again")
	flag.Parse()
	if err := run(*only, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(only, seed string) error {
	dir, err := os.MkdirTemp("", "yijian-prove-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	sound, planted := filepath.Join(dir, "yijian"), filepath.Join(dir, "yijian-planted")
	if err := errors.Join(build(sound), build(planted, "-tags", "planted")); err != nil {
		return err
	}
	fmt.Printf("%-10s %9s %9s  %s\n", "bug", "sessions", "seconds", "found")
	var errs []error
	for _, p := range proofs {
		if only != "" && only != p.bug {
			continue
		}
		errs = append(errs, p.prove(sound, planted, seed))
	}
	return errors.Join(errs...)
}

func build(bin string, flags ...string) error {
	args := slices.Concat([]string{"build"}, flags, []string{"-o", bin, "yijian/cmd/yijian"})
	cmd := exec.CommandContext(context.Background(), "go", args...) //nolint:gosec // our own arguments
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", filepath.Base(bin), err, out)
	}
	return nil
}

// prove tortures once and compares the verdict with what was planted.
func (p proof) prove(sound, planted, seed string) error {
	begun := time.Now()
	r, err := p.run(sound, planted, seed)
	took := time.Since(begun)
	if err != nil {
		return err
	}
	name := p.bug
	if name == "" {
		name = "none"
	}
	fmt.Printf("%-10s %9d %9.0f  %s\n", name, r.Sessions, took.Seconds(), r)
	switch {
	case p.bug == "" && len(r.Violations)+r.Unresumed+len(r.Crashes) > 0:
		return fmt.Errorf("nothing is planted, and something was found: %v", slices.Concat(r.Crashes, r.Findings))
	case p.bug != "" && !slices.ContainsFunc(p.breaks, func(n int) bool { return r.Violations[n] > 0 }):
		return fmt.Errorf("%s is planted, and none of the invariants %v was found broken", p.bug, p.breaks)
	case p.bug != "" && took > within:
		return fmt.Errorf("%s was found only after %s", p.bug, took.Round(time.Second))
	}
	return nil
}

// run tortures the planted servers. The harness and its checker are the sound binary.
func (p proof) run(sound, planted, seed string) (report, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*within)
	defer cancel()
	args := slices.Concat([]string{"torture", "--bin", planted, "--duration", "20s", "--seed", seed, "--json"}, p.torture)
	cmd := exec.CommandContext(ctx, sound, args...) //nolint:gosec // our own arguments
	cmd.Env = append(os.Environ(), "YIJIAN_PLANT="+p.bug)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return report{}, fmt.Errorf("torturing with %s: %w", p.bug, err)
	}
	var r report
	if err := json.Unmarshal(out, &r); err != nil {
		return report{}, fmt.Errorf("torturing with %q gave no report: %w", p.bug, errors.Join(err, stderrOf(exit)))
	}
	return r, nil
}

func stderrOf(exit *exec.ExitError) error {
	if exit == nil {
		return nil
	}
	return errors.New(string(exit.Stderr))
}

func (r report) String() string {
	if len(r.Violations)+r.Unresumed == 0 {
		return "nothing"
	}
	var found []string
	for _, n := range slices.Sorted(maps.Keys(r.Violations)) {
		found = append(found, fmt.Sprintf("invariant %d × %d", n, r.Violations[n]))
	}
	return strings.Join(found, ", ")
}
