package auth

import (
	"context"
	"time"

	"yijian/agents"
)

type createKeyInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		_    struct{} `additionalProperties:"true"`
		Name string   `json:"name" doc:"What the key is for."`
	}
}

// keyOutput is the only answer that ever has a key in it.
type keyOutput struct {
	Body struct {
		ID      string    `json:"id"`
		Name    string    `json:"name"`
		Created time.Time `json:"created"`
		Key     string    `json:"key" doc:"Shown this once; keep it like a password."`
	}
}

type revokeKeyInput struct {
	ID  string `path:"id" maxLength:"64"`
	Key string `path:"key" maxLength:"64"`
}

func (a *Auth) createKey(ctx context.Context, in *createKeyInput) (*keyOutput, error) {
	account, err := a.managed(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	key, secret, err := a.store.CreateKey(ctx, account.ID, in.Body.Name)
	if err != nil {
		return nil, err
	}
	var out keyOutput
	out.Body.ID, out.Body.Name, out.Body.Created, out.Body.Key = key.ID, key.Name, key.Created, secret
	return &out, nil
}

func (a *Auth) revokeKey(ctx context.Context, in *revokeKeyInput) (*empty, error) {
	account, err := a.managed(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	key, err := a.store.Key(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	if key.Account != account.ID {
		return nil, agents.ErrNoKey
	}
	return nil, a.store.RevokeKey(ctx, key.ID)
}
