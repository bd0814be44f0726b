package replay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"yijian/agents"
	"yijian/web/problem"
)

// staff are the accounts that a run makes for its agents, and disables when it ends.
type staff struct {
	rest     *rest
	site     string
	capacity int
	// prefix begins the logins of this run and of no other.
	prefix string
	// hired says that there may be accounts to disable.
	hired bool
}

// account is what of an account matters here.
type account struct {
	ID       string `json:"id"`
	Login    string `json:"login"`
	Disabled bool   `json:"disabled"`
}

// hire makes n accounts and returns an API key for each.
func (s *staff) hire(ctx context.Context, n int) ([]string, error) {
	keys := make([]string, n)
	for i := range n {
		id, err := s.create(ctx, i+1)
		if err != nil {
			return nil, fmt.Errorf("make the accounts of the agents: %w", err)
		}
		var made struct {
			Key string `json:"key"`
		}
		if err := s.rest.call(ctx, "POST /v1/agents/"+id+"/keys", map[string]any{"name": "replay"}, &made); err != nil {
			return nil, fmt.Errorf("make the keys of the agents: %w", err)
		}
		keys[i] = made.Key
	}
	return keys, nil
}

// create makes one account. If the login is taken, an earlier try had come through although its
// answer got lost.
func (s *staff) create(ctx context.Context, number int) (string, error) {
	login := fmt.Sprintf("%s%d", s.prefix, number)
	var made account
	err := s.rest.call(ctx, "POST /v1/agents", map[string]any{
		"name": fmt.Sprintf("Replay %d", number), "login": login, "role": agents.RoleAgent,
		"sites": []string{s.site}, "langs": []string{"zh-CN", "en"}, "capacity": s.capacity,
	}, &made)
	p, answered := errors.AsType[*problem.Problem](err)
	refused := answered && p.Status < 500 && p.Status != http.StatusConflict
	s.hired = s.hired || !refused
	if !answered || p.Status != http.StatusConflict {
		return made.ID, err
	}
	all, listErr := s.list(ctx)
	for _, a := range all {
		if a.Login == login {
			return a.ID, nil
		}
	}
	return "", errors.Join(err, listErr)
}

// dismiss disables all accounts of the run, also those whose making was not answered.
func (s *staff) dismiss(ctx context.Context) error {
	if !s.hired {
		return nil
	}
	all, err := s.list(ctx)
	if err != nil {
		return fmt.Errorf("disable the accounts %s…: %w", s.prefix, err)
	}
	var errs []error
	for _, a := range all {
		if a.Disabled || !strings.HasPrefix(a.Login, s.prefix) {
			continue
		}
		if err := s.rest.call(ctx, "POST /v1/agents/"+a.ID+"/disable", nil, nil); err != nil {
			errs = append(errs, fmt.Errorf("disable the account %s: %w", a.Login, err))
		}
	}
	return errors.Join(errs...)
}

func (s *staff) list(ctx context.Context) ([]account, error) {
	var out struct {
		Items []account `json:"items"`
	}
	err := s.rest.call(ctx, "GET /v1/agents", nil, &out)
	return out.Items, err
}
