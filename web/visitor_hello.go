package web

import (
	"context"
	"errors"
	"slices"

	"yijian/router"
	"yijian/session"
	"yijian/web/wire"
)

// hello begins or resumes a session on this socket.
func (v *visitor) hello(ctx context.Context, in wire.In) {
	if v.sub != nil {
		v.refuse(wire.HelloTwice, "", 0)
		return
	}
	v.lang = in.Lang
	if wait := v.srv.caps.hello(v.address); wait > 0 {
		v.comeBack(wait)
		return
	}
	site := v.srv.sites[in.Site]
	if site == nil || !v.own && !slices.Contains(site.Origins, v.origin) {
		v.dismiss(wire.UnknownSite, wire.CloseRefused)
		return
	}
	v.site = site
	if in.Token == "" {
		if wait := v.srv.caps.session(v.address, site.ID); wait > 0 {
			v.comeBack(wait)
			return
		}
	}
	id, ok, err := v.session(ctx, in)
	switch {
	case err != nil:
		v.away(err)
		return
	case !ok:
		v.dismiss(wire.BadToken, wire.CloseRefused)
		return
	}
	v.id = id
	err = v.attach(ctx, in)
	if errors.Is(err, session.ErrGone) {
		// Its id is ours, so it was here: Redis lost it before the record had a word of it. It begins
		// again under its id, and reset has the client say once more what it holds.
		if err = v.srv.router.BeginAgain(ctx, id, arrival(site.ID, in)); err == nil {
			err = v.attach(ctx, in)
		}
	}
	switch {
	case errors.Is(err, session.ErrErased):
		v.dismiss(wire.Erased, wire.CloseRefused)
	case err != nil:
		v.away(err)
	}
}

func arrival(site string, in wire.In) router.Arrival {
	return router.Arrival{Site: site, Lang: lang(in.Lang), Prefers: prefers(in, session.Prefers{})}
}

// session is the one the token opens, or a new one.
func (v *visitor) session(ctx context.Context, in wire.In) (session.ID, bool, error) {
	if in.Token != "" {
		id, ok := v.srv.tokens.open(v.site.ID, in.Token)
		return id, ok, nil
	}
	id, err := v.srv.router.Begin(ctx, arrival(v.site.ID, in))
	return id, true, err
}

// attach subscribes and sends welcome, the missed events, and from then on every event.
func (v *visitor) attach(ctx context.Context, in wire.In) error {
	at := session.Position{Since: in.Since, Tail: in.Tail}
	sub, opened, err := v.srv.node.Subscribe(ctx, v.id, at, v)
	if err != nil {
		return err
	}
	v.sub = sub
	v.srv.metrics.visitors.Inc()
	v.welcome(opened)
	sub.Start()
	if err := v.prefer(ctx, in, opened.State.Prefers); err != nil {
		v.srv.log.Warn().Err(err).Msg("what a visitor prefers was not kept")
	}
	// Whoever comes back to the page is there. If it cannot be noted, the next thing they do is.
	if err := v.active(ctx, v.srv.now()); err != nil {
		v.srv.log.Warn().Err(err).Msg("a visitor's return was not noted as activity")
	}
	return nil
}

// welcome says where the session stands, at hello and when the log turned out to be another one.
func (v *visitor) welcome(now session.Opened) {
	v.send(wire.Welcome{
		T: "welcome", Session: string(v.id), Token: v.srv.tokens.issue(v.site.ID, v.id),
		Seq: now.State.Seq, Owner: string(now.State.Owner), Policy: v.srv.policies.Current().Version,
		Limits: limits(), Reset: now.Reset, Site: v.site.forVisitor(v.lang),
	})
	for _, e := range now.Events {
		if e.ForVisitor() {
			v.send(forVisitor(v.id, e))
		}
	}
	v.owned(now.State.Owner)
}

// away ends a hello that failed. It passes, whatever it was, and until it does the visitor is told how
// else to reach somebody, which needs no store.
func (v *visitor) away(err error) {
	v.srv.log.Warn().Err(err).Msg("hello not answered")
	site := v.site.forVisitor(v.lang)
	v.send(wire.Error{
		T: "error", Code: wire.Unavailable, Message: wire.Sentence(wire.Unavailable, v.lang),
		RetryMS: int(retrySoon.Milliseconds()), Site: &site,
	})
	v.conn.Close(wire.CloseError, string(wire.Unavailable))
}

func limits() wire.Limits {
	return wire.Limits{Frame: wire.MaxFrame, Text: wire.MaxText, PerMinute: perMinute, PingMS: 25_000}
}

// lang keeps a language tag short enough to store; what is not one becomes the default.
func lang(tag string) string {
	if tag == "" || len(tag) > 35 {
		return "zh-CN"
	}
	return tag
}
