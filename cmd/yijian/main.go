// Command yijian is the escalation router: one binary with the server, its pages and its tools.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is every command there is.
type cli struct {
	Serve    serveCmd    `cmd:"" help:"Serve visitors and agents."`
	Check    checkCmd    `cmd:"" help:"Check the settings, print them without passwords, and try the stores."`
	Replay   replayCmd   `cmd:"" help:"Play a file of questions as visitors, with agents who answer, and report what was lost."`
	Torture  tortureCmd  `cmd:"" help:"Kill, cut and pause real servers under load, and check that every promise holds."`
	Bench    benchCmd    `cmd:"" help:"Measure idle visitors and messages beside a bare reference."`
	Simulate simulateCmd `cmd:"" help:"Play a day of arrivals through the desk's own match and report the waits."`
	Backtest backtestCmd `cmd:"" help:"Say what the policy in force would have decided in past conversations."`
	Demo     demoCmd     `cmd:"" help:"Fill a new record with a day of the demo shop, to look around in."`
	Import   importCmd   `cmd:"" help:"Bring past conversations into the record, to search them and to backtest."`
	Export   exportCmd   `cmd:"" help:"Write conversations of the record into a file."`
	Erase    eraseCmd    `cmd:"" help:"Erase one visitor's conversation for good, wherever it is kept."`
	Backup   backupCmd   `cmd:"" help:"Write the whole record into one file."`
	Restore  restoreCmd  `cmd:"" help:"Bring a backup into an empty record of either engine."`
	Verify   verifyCmd   `cmd:"" help:"Read the whole record and say everything that is wrong with it."`
	Eval     evalCmd     `cmd:"" help:"Measure what is heard and understood against labelled files."`
	Train    trainCmd    `cmd:"" help:"Learn a policy draft from labelled conversations; publishes nothing."`
	KB       kbCmd       `cmd:"" name:"kb" help:"Work with knowledge files."`
	User     userCmd     `cmd:"" help:"Work with accounts."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// env is what a command may touch of the world.
type env struct {
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
}

// errFailed says that a command has reported already why it fails.
var errFailed = errors.New("failed")

func main() {
	// The first signal asks to stop; after it, signals act as usual, so a second one forces.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	code := run(&env{ctx: ctx, stdout: os.Stdout, stderr: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}

// run acts on one command line and returns the exit code: 1 for what failed, 2 for what cannot be
// understood.
func run(e *env, args []string) int {
	var c cli
	parser := kong.Must(&c,
		kong.Name("yijian"),
		kong.Description("One press to a person: an escalation router for customer service."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(e.stdout, e.stderr),
	)
	command, err := parser.Parse(args)
	if err != nil {
		parser.Errorf("%s", err)
		fmt.Fprintln(e.stderr, "Run yijian --help for the commands, or yijian COMMAND --help for the flags of one.")
		return 2
	}
	err = command.Run(e)
	var problems Problems
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFailed):
		return 1
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(e.stderr, "Stopped.")
		return 130
	case errors.As(err, &problems):
		fmt.Fprintf(e.stderr, "The settings cannot be used:\n%s\n", err)
		return 2
	}
	fmt.Fprintf(e.stderr, "yijian: %s\n", err)
	return 1
}

type versionCmd struct{}

// Run prints the version the binary was built from.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintln(e.stdout, "yijian", version())
	return err
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
