package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"yijian/agents"
	"yijian/session/record"
)

type userCmd struct {
	Add  userAddCmd  `cmd:"" help:"Create an account and print its one-time sign-in link."`
	List userListCmd `cmd:"" help:"List the accounts."`
	Link userLinkCmd `cmd:"" help:"Print a new one-time sign-in link for an account."`
	Key  userKeyCmd  `cmd:"" help:"Create an API key for an account; it is printed this once."`
}

type userAddCmd struct {
	Flags
	Login    string   `arg:"" help:"What the person signs in with."`
	Name     string   `name:"name" required:"" help:"The name that visitors see."`
	Role     string   `name:"role" default:"agent" enum:"agent,lead,ops,admin" help:"agent, lead, ops or admin (${default})."`
	Sites    []string `name:"site" default:"*" help:"The sites the account works for; * is all (${default})."`
	Skills   []string `name:"skill" placeholder:"QUEUE:LEVEL" help:"A queue the account serves and how well, 1 to 5, such as appeals:3; all if none."`
	Capacity int      `name:"capacity" default:"3" help:"How many chats at once (${default})."`
}

// Run creates the account.
func (c *userAddCmd) Run(e *env) error {
	return withAccounts(e, c.Flags, func(ctx context.Context, cfg Config, s *agents.Store) error {
		account, err := s.Create(ctx, agents.Draft{
			Login: c.Login, Name: c.Name, Role: agents.Role(c.Role), Sites: c.Sites, Skills: c.Skills, Capacity: c.Capacity,
		})
		if err != nil {
			return err
		}
		return printLink(ctx, e, cfg, s, account.ID)
	})
}

type userLinkCmd struct {
	Flags
	Login string `arg:"" help:"The account's login."`
}

// Run makes a new link; older ones stop working.
func (c *userLinkCmd) Run(e *env) error {
	return withAccounts(e, c.Flags, func(ctx context.Context, cfg Config, s *agents.Store) error {
		account, err := byLogin(ctx, s, c.Login)
		if err != nil {
			return err
		}
		return printLink(ctx, e, cfg, s, account.ID)
	})
}

func printLink(ctx context.Context, e *env, cfg Config, s *agents.Store, id string) error {
	token, err := s.Link(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "http://%s/console#sign-in=%s\n", signInHost(cfg.Listen), token)
	fmt.Fprintln(e.stderr, "Works once, within 24 hours.")
	return nil
}

// signInHost is where a person on this machine reaches a server that listens there.
func signInHost(listen string) string { return strings.Replace(listen, "127.0.0.1", "localhost", 1) }

type userListCmd struct{ Flags }

// Run prints the accounts as a table.
func (c *userListCmd) Run(e *env) error {
	return withAccounts(e, c.Flags, func(ctx context.Context, _ Config, s *agents.Store) error {
		all, err := s.Accounts(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "LOGIN\tNAME\tROLE\tSITES\tCHATS\tSTATE")
		for _, a := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\n", a.Login, a.Name, a.Role, strings.Join(a.Sites, ","), a.Capacity, stateOf(a))
		}
		return w.Flush()
	})
}

func stateOf(a agents.Account) string {
	switch {
	case a.Disabled:
		return "disabled"
	case a.SignedIn.IsZero():
		return "never signed in"
	}
	return "active"
}

type userKeyCmd struct {
	Flags
	Login string `arg:"" help:"The account's login."`
	For   string `name:"for" required:"" help:"What the key is for."`
}

// Run creates a key.
func (c *userKeyCmd) Run(e *env) error {
	return withAccounts(e, c.Flags, func(ctx context.Context, _ Config, s *agents.Store) error {
		account, err := byLogin(ctx, s, c.Login)
		if err != nil {
			return err
		}
		_, secret, err := s.CreateKey(ctx, account.ID, c.For)
		if err != nil {
			return err
		}
		fmt.Fprintln(e.stdout, secret)
		fmt.Fprintln(e.stderr, "Keep it now; it is not shown again.")
		return nil
	})
}

func byLogin(ctx context.Context, s *agents.Store, login string) (agents.Account, error) {
	all, err := s.Accounts(ctx)
	if err != nil {
		return agents.Account{}, err
	}
	for _, a := range all {
		if a.Login == strings.ToLower(strings.TrimSpace(login)) {
			return a, nil
		}
	}
	return agents.Account{}, fmt.Errorf("no account has the login %q; see yijian user list", login)
}

// withAccounts is withRecord for what is about accounts.
func withAccounts(e *env, flags Flags, do func(context.Context, Config, *agents.Store) error) error {
	return withRecord(e, flags, func(ctx context.Context, cfg Config, db *record.DB) error {
		return do(ctx, cfg, agents.New(db, agents.Options{Queues: cfg.Rules().Names()}))
	})
}
