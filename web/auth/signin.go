package auth

import (
	"context"

	"yijian/agents"
)

type signInInput struct {
	Body struct {
		_        struct{} `additionalProperties:"true"`
		Login    string   `json:"login" maxLength:"256"`
		Password string   `json:"password" maxLength:"1024"`
	}
}

type linkInput struct {
	Body struct {
		_     struct{} `additionalProperties:"true"`
		Token string   `json:"token" maxLength:"256" doc:"From behind the # of the link."`
	}
}

// signedInOutput never has the token in its body: pages would put it where scripts can read it.
type signedInOutput struct {
	SetCookie string `header:"Set-Cookie"`
	Body      Account
}

type signedOutOutput struct {
	SetCookie string `header:"Set-Cookie"`
}

type passwordInput struct {
	Body struct {
		_        struct{} `additionalProperties:"true"`
		Current  string   `json:"current,omitempty" maxLength:"1024" doc:"Needed if there is a password already."`
		Password string   `json:"password" maxLength:"1024"`
	}
}

type accountOutput struct{ Body Account }

type empty struct{}

func (a *Auth) signIn(ctx context.Context, in *signInInput) (*signedInOutput, error) {
	who := callerOf(ctx)
	signedIn, err := a.store.SignIn(ctx, in.Body.Login, in.Body.Password, who.address)
	if err != nil {
		return nil, err
	}
	return welcome(signedIn, who), nil
}

func (a *Auth) signInByLink(ctx context.Context, in *linkInput) (*signedInOutput, error) {
	who := callerOf(ctx)
	signedIn, err := a.store.SignInByLink(ctx, in.Body.Token, who.address)
	if err != nil {
		return nil, err
	}
	return welcome(signedIn, who), nil
}

func welcome(in agents.SignedIn, who caller) *signedInOutput {
	return &signedInOutput{
		SetCookie: sessionCookie(in.Token, who.secure),
		Body:      accountOf(in.Account),
	}
}

func (a *Auth) signOut(ctx context.Context, _ *empty) (*signedOutOutput, error) {
	who := callerOf(ctx)
	if err := a.store.SignOut(ctx, who.Ref); err != nil {
		return nil, err
	}
	return &signedOutOutput{SetCookie: sessionCookie("", who.secure)}, nil
}

func (a *Auth) me(ctx context.Context, _ *empty) (*accountOutput, error) {
	return &accountOutput{Body: accountOf(Of(ctx).Account)}, nil
}

func (a *Auth) changePassword(ctx context.Context, in *passwordInput) (*empty, error) {
	return nil, a.store.ChangePassword(ctx, Of(ctx).Ref, in.Body.Current, in.Body.Password)
}
