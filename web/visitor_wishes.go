package web

import (
	"context"

	"yijian/session"
	"yijian/web/wire"
)

// mostAssist is the most help a visitor can switch on.
const mostAssist = 2

// prefers is how a visitor would like to be served, as hello and prefer say it: the help switched on,
// which is none if it is not said, and whether a person comes first, which stays as it was.
func prefers(in wire.In, was session.Prefers) session.Prefers {
	want := session.Prefers{First: was.First, Assist: min(max(in.Assist, 0), mostAssist)}
	switch in.First {
	case "human":
		want.First = "human"
	case "bot":
		want.First = ""
	}
	return want
}

// wishes acts on a prefer frame.
func (v *visitor) wishes(ctx context.Context, in wire.In) error {
	s, err := v.srv.node.State(ctx, v.id)
	if err != nil {
		return err
	}
	return v.prefer(ctx, in, s.Prefers)
}

// prefer keeps what changed against what was chosen before, which is mostly nothing.
func (v *visitor) prefer(ctx context.Context, in wire.In, was session.Prefers) error {
	if want := prefers(in, was); want != was {
		return v.srv.router.Prefer(ctx, v.id, want)
	}
	return nil
}

// answer is a visitor's yes or no to the question whether a person should take over.
func (v *visitor) answer(ctx context.Context, in wire.In) error {
	if in.Yes == nil {
		return &wire.Problem{Code: wire.BadValue, Detail: "answer needs yes, true or false"}
	}
	return v.tap(ctx, in, func(ctx context.Context, id session.ID, tap string) error {
		return v.srv.router.Answer(ctx, id, tap, in.Offer, *in.Yes)
	})
}
