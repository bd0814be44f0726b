package auth

import (
	"context"
	"time"

	"yijian/agents"
)

// Account is an account as the API shows it.
type Account struct {
	ID          string      `json:"id"`
	Name        string      `json:"name" doc:"Shown to visitors."`
	Login       string      `json:"login"`
	Role        agents.Role `json:"role" enum:"agent,lead,ops,admin"`
	Sites       []string    `json:"sites" nullable:"false" doc:"Site ids; * stands for all."`
	Langs       []string    `json:"langs" nullable:"false"`
	Skills      []string    `json:"skills" nullable:"false" doc:"Queues served, with a level from 1 to 5, such as appeals:3; none stands for all."`
	Capacity    int         `json:"capacity" doc:"How many sessions at once."`
	HasPassword bool        `json:"has_password"`
	Disabled    bool        `json:"disabled"`
	Created     time.Time   `json:"created"`
	SignedIn    *time.Time  `json:"signed_in,omitempty" doc:"The last sign-in."`
}

func accountOf(a agents.Account) Account {
	shown := Account{
		ID: a.ID, Name: a.Name, Login: a.Login, Role: a.Role, Sites: a.Sites, Langs: a.Langs, Skills: agents.SkillTexts(a.Skills),
		Capacity: a.Capacity, HasPassword: a.HasPassword, Disabled: a.Disabled, Created: a.Created,
	}
	if !a.SignedIn.IsZero() {
		shown.SignedIn = &a.SignedIn
	}
	return shown
}

type listOutput struct {
	Body struct {
		Items []Account `json:"items" nullable:"false"`
	}
}

type createInput struct {
	Body struct {
		_        struct{}    `additionalProperties:"true"`
		Name     string      `json:"name"`
		Login    string      `json:"login"`
		Role     agents.Role `json:"role"`
		Sites    []string    `json:"sites" maxItems:"1000"`
		Langs    []string    `json:"langs,omitempty" maxItems:"100"`
		Skills   []string    `json:"skills,omitempty" maxItems:"100" doc:"Queues served, such as appeals:3; all if left out."`
		Capacity int         `json:"capacity,omitempty" doc:"3 if left out."`
		Password string      `json:"password,omitempty" maxLength:"1024" doc:"Left out: a link is made instead."`
	}
}

// createdOutput carries the link of an account without a password.
type createdOutput struct {
	Body struct {
		Account
		Link string `json:"link,omitempty" doc:"Token of a one-time sign-in link, valid for 24 h."`
	}
}

type idInput struct {
	ID string `path:"id" maxLength:"64"`
}

type linkOutput struct {
	Body struct {
		Link string `json:"link" doc:"Token of a one-time sign-in link, valid for 24 h."`
	}
}

func (a *Auth) list(ctx context.Context, _ *empty) (*listOutput, error) {
	all, err := a.store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var out listOutput
	out.Body.Items = []Account{}
	for _, account := range all {
		if Of(ctx).Account.Meets(account.Sites) {
			out.Body.Items = append(out.Body.Items, accountOf(account))
		}
	}
	return &out, nil
}

func (a *Auth) create(ctx context.Context, in *createInput) (*createdOutput, error) {
	if !Of(ctx).Account.Covers(in.Body.Sites) {
		return nil, agents.ErrForbidden
	}
	account, err := a.store.Create(ctx, agents.Draft{
		Name: in.Body.Name, Login: in.Body.Login, Role: in.Body.Role, Sites: in.Body.Sites,
		Langs: in.Body.Langs, Skills: in.Body.Skills, Capacity: in.Body.Capacity, Password: in.Body.Password,
	})
	if err != nil {
		return nil, err
	}
	var out createdOutput
	out.Body.Account = accountOf(account)
	if !account.HasPassword {
		out.Body.Link, err = a.store.Link(ctx, account.ID)
	}
	return &out, err
}

func (a *Auth) disable(ctx context.Context, in *idInput) (*empty, error) {
	if _, err := a.managed(ctx, in.ID); err != nil {
		return nil, err
	}
	return nil, a.store.Disable(ctx, in.ID)
}

func (a *Auth) createLink(ctx context.Context, in *idInput) (*linkOutput, error) {
	if _, err := a.managed(ctx, in.ID); err != nil {
		return nil, err
	}
	link, err := a.store.Link(ctx, in.ID)
	var out linkOutput
	out.Body.Link = link
	return &out, err
}

func (a *Auth) endSessions(ctx context.Context, in *idInput) (*empty, error) {
	if _, err := a.managed(ctx, in.ID); err != nil {
		return nil, err
	}
	return nil, a.store.RevokeSessions(ctx, in.ID)
}

// managed returns the account that a route is about if the caller may manage it. Of an account
// without a common site the caller does not even learn that it exists.
func (a *Auth) managed(ctx context.Context, id string) (agents.Account, error) {
	who := Of(ctx).Account
	account, err := a.store.Account(ctx, id)
	if err != nil {
		return agents.Account{}, err
	}
	if !who.Meets(account.Sites) {
		return agents.Account{}, agents.ErrNoAccount
	}
	if !who.Covers(account.Sites) {
		return agents.Account{}, agents.ErrForbidden
	}
	return account, nil
}
